import { LatentkitError } from '@latentkit/core';
import {
  above,
  anything,
  bytesRule,
  checkOptions,
  type OptionRules,
  oneOf,
  seedRule,
} from '@latentkit/core/options';
import { type Points, requirePoints } from '../points.ts';
import { runSteps } from '../run-projection.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import { placedDimensions, placePoints } from './place-points.ts';
import { createPointMemory } from './point-memory.ts';
import { searchBytes, searchPlaced } from './search-placed.ts';
import { walkOperations } from './walk-tiles.ts';

const MOST_EXACT_POINTS = 50_000;

export interface NeighborSearchOptions {
  /** Neighbours of each point; fewer than there are points. */
  k: number;
  /** `'cosine'` is `1 - cos`; a zero vector is at 0 from zero vectors and at 1 from all others. */
  metric?: 'euclidean' | 'cosine';
  /** Points whose neighbours among `points` are looked for, none of which is left out; by default the points themselves. */
  queries?: Points;
  /**
   * `'approximate'` misses some neighbours, about a share `1 - recall`, and takes a fraction of the time for many points;
   * `'auto'`, the default, is approximate above 50,000 points. Neighbours of queries are exact always.
   */
  method?: 'exact' | 'approximate' | 'auto';
  /** The share of neighbours that an approximate search finds, about; 0.95 by default. */
  recall?: number;
  /** Of an approximate search. */
  seed?: number;
  /** Refuses to take more memory; 2 GiB by default, about `8 bytes * (dimensions + 2 k + 10)` a point. */
  memoryBudget?: number;
}

const RULES: OptionRules<NeighborSearchOptions> = {
  k: anything, // its range depends on the points
  metric: oneOf('euclidean', 'cosine'),
  queries: anything,
  method: oneOf('exact', 'approximate', 'auto'),
  recall: above(0, 1),
  seed: seedRule,
  memoryBudget: bytesRule,
};

/** A search that goes step by step. */
export interface NeighborSearch {
  /** Share that is done. */
  readonly fraction: number;
  /** All that was found; undefined before the end. */
  readonly graph: NeighborGraph | undefined;
  /** Does a bounded piece of work; nothing once there is a graph. */
  step(): void;
  /**
   * Steps to the end, giving way to the event loop in between, and gives the graph.
   *
   * Rejects with the signal's reason when it is aborted; the search can be run on.
   */
  run(options?: { signal?: AbortSignal; onProgress?: (fraction: number) => void }): Promise<NeighborGraph>;
}

/**
 * Searches the k nearest neighbours, of equally near ones those of lower index: the same bits on every engine.
 *
 * The neighbours are exact up to 50,000 points; see `method`. Distances are computed in float64 and rounded to float32; equal points are at distance 0 exactly. The points are copied,
 * and may be changed after.
 *
 * @returns a search of steps of about 10 ms.
 * @throws `E_SHAPE`, `E_NOT_FINITE` for points that are none; `E_RANGE` for k, recall or a seed, and for distances beyond
 * float32;
 * `E_LIMIT` beyond `memoryBudget`.
 * @example
 * const search = await createNeighborSearch({ data, count, dimensions }, { k: 15 });
 * const { indices, distances } = await search.run(); // [count, 15]
 */
export async function createNeighborSearch(
  points: Points,
  options: NeighborSearchOptions,
): Promise<NeighborSearch> {
  const where = 'createNeighborSearch';
  checkOptions(where, options, RULES);
  const { k, queries, metric = 'euclidean', method = 'auto', recall = 0.95, seed = 0 } = options;
  const { memoryBudget = 2 ** 31 } = options;
  requirePoints(points, where);
  if (queries) requireQueries(queries, points, where);
  requireK(k, points.count - (queries ? 0 : 1), where);
  const isApproximate =
    !queries && (method === 'approximate' || (method === 'auto' && points.count > MOST_EXACT_POINTS));
  const dimensions = placedDimensions(metric, points, queries);
  const bytes = searchBytes(
    { count: points.count, dimensions },
    queries && { count: queries.count, dimensions },
    k,
    isApproximate,
  );
  if (bytes > memoryBudget) {
    throw new LatentkitError(
      'E_LIMIT',
      `${where}: ${bytes} bytes exceed the memoryBudget of ${memoryBudget}`,
      {
        fix: 'Take fewer points or dimensions, or raise memoryBudget',
      },
    );
  }
  const count = (queries ?? points).count;
  const on = await createPointMemory(bytes, walkOperations(count, points.count, dimensions, !queries));
  const placed = placePoints(on, metric, dimensions, points, queries);
  const approximate = isApproximate ? { recall, seed } : undefined;
  return stepThrough(searchPlaced(on, placed, { k, halve: metric === 'cosine', approximate }));
}

function stepThrough(pieces: Generator<number, NeighborGraph>): NeighborSearch {
  let fraction = 0;
  let graph: NeighborGraph | undefined;
  const search = {
    get fraction() {
      return fraction;
    },
    get graph() {
      return graph;
    },
    step() {
      if (graph) return;
      const { done, value } = pieces.next();
      if (done) graph = value;
      fraction = done ? 1 : value;
    },
  };
  return Object.assign(search, {
    async run({ signal, onProgress }: Parameters<NeighborSearch['run']>[0] = {}) {
      await runSteps({
        isDone: () => graph !== undefined,
        step: search.step,
        signal,
        onTurn: () => onProgress?.(fraction),
      });
      return graph!;
    },
  });
}

function requireQueries(queries: Points, { dimensions }: Points, where: string): void {
  requirePoints(queries, `${where}, queries`);
  if (queries.dimensions === dimensions) return;
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: queries must have the ${dimensions} dimensions of the points, got ${queries.dimensions}`,
  );
}

function requireK(k: number, most: number, where: string): void {
  if (Number.isInteger(k) && k >= 1 && k <= most) return;
  throw new LatentkitError('E_RANGE', `${where}: k must be a whole number from 1 to ${most}, got ${k}`, {
    fix: most < 1 ? 'A point alone has no neighbours' : 'Ask for fewer neighbours',
  });
}
