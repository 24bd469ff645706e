import type { NeighborLists } from '@latentkit/kernels/neighbors';
import type { NeighborGraph } from './neighbor-graph.ts';
import { KERNEL_BYTES, type PointMemory } from './point-memory.ts';
import { findCentre, preparedBytes, preparePoints, type Rows } from './prepared-points.ts';
import { productError } from './product-error.ts';
import { walkOperations, walkTiles } from './walk-tiles.ts';

/** Where the rows are, in memory, and what is looked for. */
export interface ExactTask {
  points: Rows;
  /** Rows whose neighbours are looked for; undefined for the points themselves. */
  queries: Rows | undefined;
  k: number;
  /** A power of two that brings the largest number near 1. */
  scale: number;
  /** Half squared distances, not distances. */
  halve: boolean;
}

// Products put candidates in order only roughly; among this many more than asked for are the nearest almost always.
const MORE_CANDIDATES = 8;
const NUMBERS_A_STEP = 2 ** 24;

interface Size {
  count: number;
  dimensions: number;
}

const listSize = (points: Size, queries: unknown, k: number) =>
  Math.min(k + MORE_CANDIDATES, points.count - (queries ? 0 : 1));

/** Bytes that a search takes. */
export function exactSearchBytes({
  points,
  queries,
  k,
}: {
  points: Size;
  queries: Size | undefined;
  k: number;
}): number {
  const { count } = queries ?? points;
  const lists = count * (8 * listSize(points, queries, k) + 8 * k + 8) + 256;
  return KERNEL_BYTES + preparedBytes(points) + (queries ? preparedBytes(queries) : 0) + lists;
}

/**
 * Exact nearest neighbours in bounded pieces; yields the share that is done.
 *
 * Products of tiles find candidates, of which distances are computed anew in float64. Where float32 products cannot rule
 * out that a nearer point was left, all distances of the row are computed.
 */
export function* exactSearch(on: PointMemory, task: ExactTask): Generator<number, NeighborGraph> {
  const { memory, neighbors } = on;
  const { points, queries, k, scale, halve } = task;
  const asked = queries ?? points;
  const { count } = asked;
  const { dimensions } = points;
  const size = listSize(points, queries, k);
  const walk = walkOperations(count, points.count, dimensions, !queries);
  const refine = 8 * count * size * dimensions;
  const total = walk + refine;
  let done = 0;

  const lists: NeighborLists = {
    pointer: memory.allocate(8 * count * size),
    bounds: memory.allocate(4 * (count + 16)),
    size,
  };
  neighbors.clearLists(lists, count);
  const centre = yield* at(0, findCentre(on, points));
  const preparedPoints = yield* at(0, preparePoints(on, points, centre, scale));
  const preparedQueries = queries && (yield* at(0, preparePoints(on, queries, centre, scale)));
  const tiles = walkTiles(on, preparedPoints, preparedQueries, (tile) => {
    if (tile.pairs === 'both') neighbors.nearestOfBoth(tile, lists);
    else neighbors.nearestOfRows(tile, lists, tile.pairs === 'self');
  });
  for (const operations of tiles) {
    done += operations;
    yield Math.min(done, walk) / total;
  }

  const refinement = {
    ...{ queries: asked.rows, points: points.rows, dimensions, scale, halve },
    halfNorms: (preparedQueries ?? preparedPoints).halfNorms,
    error: productError(dimensions),
    complete: size === points.count - (queries ? 0 : 1),
  };
  const target = { k, indices: memory.allocate(4 * count * k), distances: memory.allocate(4 * count * k) };
  const doubts = memory.allocate(4 * count);
  const unsure: number[] = [];
  const chunk = Math.max(1, Math.floor(NUMBERS_A_STEP / (size * dimensions)));
  for (let first = 0; first < count; first += chunk) {
    const rows = Math.min(chunk, count - first);
    const found = neighbors.refineLists(lists, first, rows, refinement, target, doubts);
    unsure.push(...new Int32Array(memory.memory.buffer, doubts, found));
    yield (walk + (refine * (first + rows)) / count) / total;
  }
  let numbers = 0;
  for (const row of unsure) {
    neighbors.nearestExactly(row, points.count, queries ? -1 : row, refinement, target);
    numbers += points.count * dimensions;
    if (numbers < NUMBERS_A_STEP) continue;
    yield 1;
    numbers = 0;
  }
  const { buffer } = memory.memory;
  return {
    ...{ count, k },
    indices: new Int32Array(buffer, target.indices, count * k).slice(),
    distances: new Float32Array(buffer, target.distances, count * k).slice(),
  };
}

/** The same pieces, of the share `fraction`. */
function* at<T>(fraction: number, pieces: Generator<void, T>): Generator<number, T> {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value as T;
    yield fraction;
  }
}
