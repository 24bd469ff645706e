import type { NeighborLists } from '@latentkit/kernels/neighbors';
import type { NeighborGraph } from './neighbor-graph.ts';
import type { PointMemory } from './point-memory.ts';
import type { PreparedPoints, Size } from './prepared-points.ts';
import { productError } from './product-error.ts';
import { type WalkedTile, walkOperations, walkTiles } from './walk-tiles.ts';

/** What is looked for. */
export interface ExactTask {
  points: PreparedPoints;
  /** Rows whose neighbours are looked for; undefined for the points themselves. */
  queries: PreparedPoints | undefined;
  k: number;
  /** Half squared distances, not distances. */
  halve: boolean;
}

// Products put candidates in order only roughly; among this many more than asked for are the nearest almost always.
const MORE_CANDIDATES = 8;
const NUMBERS_A_STEP = 2 ** 24;

const listSize = (points: Size, queries: unknown, k: number) =>
  Math.min(k + MORE_CANDIDATES, points.count - (queries ? 0 : 1));

/** Bytes that a search takes beside its points. */
export function exactSearchBytes(points: Size, queries: Size | undefined, k: number): number {
  const { count } = queries ?? points;
  return count * (8 * listSize(points, queries, k) + 8 * k + 8) + 256;
}

/**
 * Exact nearest neighbours in bounded pieces; yields the share that is done.
 *
 * Products of tiles find candidates, of which distances are computed anew in float64. Where float32 products cannot rule
 * out that a nearer point was left, all distances of the row are computed.
 *
 * @param also is shown each tile too, which takes so many operations a pair at worst.
 */
export function* exactSearch(
  on: PointMemory,
  { points, queries, k, halve }: ExactTask,
  also?: { visit: (tile: WalkedTile) => void; operations: number },
): Generator<number, NeighborGraph> {
  const { memory, neighbors } = on;
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
  const tiles = walkTiles(
    on,
    points,
    queries,
    (tile) => {
      if (tile.pairs === 'both') neighbors.nearestOfBoth(tile, lists);
      else neighbors.nearestOfRows(tile, lists, tile.pairs === 'self');
      also?.visit(tile);
    },
    also?.operations,
  );
  for (const operations of tiles) {
    done += operations;
    yield Math.min(done, walk) / total;
  }

  const refinement = {
    ...{ queries: asked.rows, points: points.rows, dimensions, scale: points.scale, halve },
    halfNorms: asked.halfNorms,
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
