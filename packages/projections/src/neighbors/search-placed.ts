import { exactSearch, exactSearchBytes } from './exact-search.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import type { PlacedPoints } from './place-points.ts';
import { KERNEL_BYTES, type PointMemory } from './point-memory.ts';
import { findCentre, preparedBytes, preparePoints, type Size } from './prepared-points.ts';

/** Bytes that a search takes. */
export function searchBytes(points: Size, queries: Size | undefined, k: number): number {
  const prepared = preparedBytes(points) + (queries ? preparedBytes(queries) : 0);
  return KERNEL_BYTES + prepared + exactSearchBytes(points, queries, k);
}

/** Exact nearest neighbours of points in memory, in bounded pieces; yields the share that is done. */
export function* searchPlaced(
  on: PointMemory,
  { points, queries, scale }: PlacedPoints,
  k: number,
  halve: boolean,
): Generator<number, NeighborGraph> {
  const centre = yield* at(0, findCentre(on, points));
  const task = {
    points: yield* at(0, preparePoints(on, points, centre, scale)),
    queries: queries && (yield* at(0, preparePoints(on, queries, centre, scale))),
  };
  return yield* exactSearch(on, { ...task, k, halve });
}

/** The same pieces, of the share `fraction`. */
function* at<T>(fraction: number, pieces: Generator<void, T>): Generator<number, T> {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value as T;
    yield fraction;
  }
}
