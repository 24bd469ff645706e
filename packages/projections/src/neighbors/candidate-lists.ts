import type { NeighborLists } from '@latentkit/kernels/neighbors';
import type { NeighborGraph } from './neighbor-graph.ts';
import type { PointMemory } from './point-memory.ts';
import type { PreparedPoints, Size } from './prepared-points.ts';
import { productError, roundingSlack } from './product-error.ts';

/** What is looked for. */
export interface SearchTask {
  points: PreparedPoints;
  /** Rows whose neighbours are looked for; undefined for the points themselves. */
  queries: PreparedPoints | undefined;
  k: number;
  /** Half squared distances, not distances. */
  halve: boolean;
}

// Products put candidates in order only roughly; among this many more than asked for are the nearest almost always.
const MORE_CANDIDATES = 8;
const NUMBERS_A_STEP = 2 ** 23;
// What sorting a candidate costs beside its distance, in numbers.
const NUMBERS_A_CANDIDATE = 100;

const listSize = (points: Size, queries: unknown, k: number) =>
  Math.min(k + MORE_CANDIDATES, points.count - (queries ? 0 : 1));

/** Bytes that lists and what comes of them take. */
export function listBytes(points: Size, queries: Size | undefined, k: number): number {
  const { count } = queries ?? points;
  return count * (8 * listSize(points, queries, k) + 8 * k + 8) + 256;
}

/** Empty lists for all that is asked for. */
export function createLists(
  { memory, neighbors }: PointMemory,
  { points, queries, k }: SearchTask,
): NeighborLists {
  const { count } = queries ?? points;
  const size = listSize(points, queries, k);
  const lists = {
    pointer: memory.allocate(8 * count * size),
    bounds: memory.allocate(4 * (count + 16)),
    size,
  };
  neighbors.clearLists(lists, count);
  return lists;
}

/** Operations that refining takes, about. */
export function refineOperations({ points, queries, k }: SearchTask): number {
  return 8 * (queries ?? points).count * listSize(points, queries, k) * points.dimensions;
}

/**
 * The k nearest of the candidates in lists by distances in float64, in bounded pieces; yields the share that is done. All
 * distances are computed for a row whose list has free places, or may have missed a neighbour though all points were
 * offered to it; with `partial` lists, to which some were not, the latter is not asked.
 */
export function* refineAll(
  { memory, neighbors }: PointMemory,
  { points, queries, k, halve }: SearchTask,
  lists: NeighborLists,
  partial: boolean,
): Generator<number, NeighborGraph> {
  const asked = queries ?? points;
  const { count, dimensions } = asked;
  const refinement = {
    ...{ queries: asked.rows, points: points.rows, dimensions, scale: points.scale, halve },
    ...{ queryFactors: asked.factors, pointFactors: points.factors, halfNorms: asked.halfNorms },
    ...{ error: productError(dimensions), slack: roundingSlack(asked, points) },
    complete: partial || lists.size === points.count - (queries ? 0 : 1),
  };
  const target = { k, indices: memory.allocate(4 * count * k), distances: memory.allocate(4 * count * k) };
  const doubts = memory.allocate(4 * count);
  const unsure: number[] = [];
  const chunk = Math.max(
    1,
    Math.floor(NUMBERS_A_STEP / (lists.size * (dimensions + NUMBERS_A_CANDIDATE + lists.size))),
  );
  for (let first = 0; first < count; first += chunk) {
    const rows = Math.min(chunk, count - first);
    const found = neighbors.refineLists(lists, first, rows, refinement, target, doubts);
    for (const row of new Int32Array(memory.memory.buffer, doubts, found)) unsure.push(row);
    yield (first + rows) / count;
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
