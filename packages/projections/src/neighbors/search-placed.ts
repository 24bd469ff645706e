import { approximateSearch, approximateSearchBytes } from './approximate-search.ts';
import { listBytes } from './candidate-lists.ts';
import { exactSearch } from './exact-search.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import type { PlacedPoints } from './place-points.ts';
import { KERNEL_BYTES, type PointMemory } from './point-memory.ts';
import { findCentre, preparedBytes, preparePoints, type Size } from './prepared-points.ts';

/** Bytes that a search takes. */
export function searchBytes(
  points: Size,
  queries: Size | undefined,
  k: number,
  isApproximate = false,
): number {
  const prepared = preparedBytes(points) + (queries ? preparedBytes(queries) : 0);
  const found = isApproximate ? approximateSearchBytes(points, k) : listBytes(points, queries, k);
  return KERNEL_BYTES + prepared + found;
}

/** Nearest neighbours of points in memory, exact ones by default, in bounded pieces; yields the share that is done. */
export function* searchPlaced(
  on: PointMemory,
  { points, queries, scale }: PlacedPoints,
  k: number,
  halve: boolean,
  approximate?: { recall: number; seed: number },
): Generator<number, NeighborGraph> {
  const centre = yield* at(0, findCentre(on, points));
  const task = {
    ...{ k, halve },
    points: yield* at(0, preparePoints(on, points, centre, scale)),
    queries: queries && (yield* at(0, preparePoints(on, queries, centre, scale))),
  };
  return yield* approximate ? approximateSearch(on, task, approximate) : exactSearch(on, task);
}

/** The same pieces, of the share `fraction`. */
function* at<T>(fraction: number, pieces: Generator<void, T>): Generator<number, T> {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value as T;
    yield fraction;
  }
}
