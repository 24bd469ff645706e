import { LatentkitError } from '@latentkit/core';
import type { OptionRules } from '@latentkit/core/options';
import { listBytes } from '../neighbors/candidate-lists.ts';
import { exactSearch } from '../neighbors/exact-search.ts';
import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';
import { type PlacedPoints, placedDimensions, placePoints } from '../neighbors/place-points.ts';
import { createPointMemory, KERNEL_BYTES, type PointMemory } from '../neighbors/point-memory.ts';
import {
  findCentre,
  type PreparedPoints,
  preparedBytes,
  preparePoints,
} from '../neighbors/prepared-points.ts';
import { RANK_OPERATIONS, rankCountBytes, startRankCount } from '../neighbors/rank-count.ts';
import { walkOperations, walkTiles } from '../neighbors/walk-tiles.ts';
import type { Points } from '../points.ts';
import { QUALITY_RULES, requireK, requireMap } from './check.ts';

/** Points and their distances: the data, or the map. */
export interface Space {
  /** The k nearest of each point. */
  neighbors(k: number): Generator<unknown, NeighborGraph>;
  /** Ascending ranks of others, `[count, k]`, by distance from each point: 1 for the nearest. */
  ranks(others: Int32Array): Generator<unknown, Int32Array>;
  /** Both in one pass over all the distances. */
  neighborsAndRanks(
    k: number,
    others: Int32Array,
  ): Generator<unknown, { graph: NeighborGraph; ranks: Int32Array }>;
}

const MOST_BYTES = 2 ** 31;

/** @throws `E_LIMIT` beyond 2 GiB. */
export async function createSpace(
  points: Points,
  { k, metric = 'euclidean', where }: { k: number; metric?: 'euclidean' | 'cosine'; where: string },
): Promise<Space> {
  const dimensions = placedDimensions(metric, points, undefined);
  const { count } = points;
  const size = { count, dimensions };
  // A search and a count may be in it one after the other, twice.
  const bytes =
    KERNEL_BYTES + preparedBytes(size) + 2 * (listBytes(size, undefined, k) + rankCountBytes(count, k));
  if (bytes > MOST_BYTES) {
    throw new LatentkitError('E_LIMIT', `${where}: ${bytes} bytes exceed the limit of ${MOST_BYTES}`, {
      fix: 'Take fewer points or dimensions',
    });
  }
  const on = await createPointMemory(bytes, walkOperations(count, count, dimensions, true));
  const placed = placePoints(on, metric, dimensions, points, undefined);
  let prepared: PreparedPoints | undefined;
  function* prepare() {
    prepared ??= yield* preparePlaced(on, placed);
    return prepared;
  }
  const halve = metric === 'cosine';
  return {
    *neighbors(k) {
      return yield* exactSearch(on, { points: yield* prepare(), queries: undefined, k, halve });
    },
    *ranks(others) {
      const points = yield* prepare();
      const count = yield* startRankCount(on, points, others);
      yield* walkTiles(on, points, undefined, count.visit, RANK_OPERATIONS);
      return count.read();
    },
    *neighborsAndRanks(k, others) {
      const points = yield* prepare();
      const count = yield* startRankCount(on, points, others);
      const graph = yield* exactSearch(
        on,
        { points, queries: undefined, k, halve },
        { visit: count.visit, operations: RANK_OPERATIONS },
      );
      return { graph, ranks: count.read() };
    },
  };
}

function* preparePlaced(on: PointMemory, { points, scale }: PlacedPoints) {
  return yield* preparePoints(on, points, yield* findCentre(on, points), scale);
}

/** How neighbours are looked at. */
export interface NeighborOptions {
  k?: number;
  /** Of the data; distances in the map are euclidean. */
  metric?: 'euclidean' | 'cosine';
}

export const NEIGHBOR_RULES: OptionRules<NeighborOptions> = {
  k: QUALITY_RULES.k,
  metric: QUALITY_RULES.metric,
};

/** The data and its map, checked and ready to be asked for the neighbours of `k`, which must be below `limit`. */
export async function openSpaces(
  where: string,
  [points, embedding]: readonly [data: Points, map: Points],
  { k, metric = 'euclidean' }: NeighborOptions & { k: number },
  limit: readonly [most: number, said: string],
): Promise<{ data: Space; map: Space }> {
  requireMap(points, embedding, where);
  requireK(k, ...limit, where);
  const map = await createSpace(embedding, { k, where });
  return { data: await createSpace(points, { k, metric, where }), map };
}
