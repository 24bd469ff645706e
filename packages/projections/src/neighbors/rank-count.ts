import type { RankCount } from '@latentkit/kernels/neighbors';
import type { PointMemory } from './point-memory.ts';
import type { PreparedPoints } from './prepared-points.ts';
import { productError, roundingSlack } from './product-error.ts';
import type { WalkedTile } from './walk-tiles.ts';

/** A count under way of the ranks of some points by their distances from others. */
export interface RankWalk {
  /** Counts a tile; each must come once. */
  visit(tile: WalkedTile): void;
  /** Once all tiles came: ascending ranks of each point's marks, `[count, marks]`; the nearest point has rank 1. */
  read(): Int32Array;
}

const NUMBERS_A_STEP = 2 ** 24;

/** Operations that counting a pair takes where the products leave it to be counted. */
export const RANK_OPERATIONS = 600;

/** Bytes that a count takes beside its points. */
export function rankCountBytes(count: number, marks: number): number {
  return count * (20 * (marks + 3) + 4 * marks + 4) + 256;
}

/**
 * Begins to count at which ranks by distance from each point its marks are: `1 + ` the number of other points that are
 * nearer, of equally near ones of those of lower index. Exact: where float32 products leave a doubt, the distance is
 * computed in float64.
 *
 * @param marks indices of points, `[points.count, marks.length / points.count]`.
 */
export function* startRankCount(
  { memory, neighbors }: PointMemory,
  points: PreparedPoints,
  marks: Int32Array,
): Generator<void, RankWalk> {
  const { count, dimensions } = points;
  const each = marks.length / count;
  const indices = memory.allocate(marks.byteLength);
  new Int32Array(memory.memory.buffer, indices, marks.length).set(marks);
  const ranks: RankCount = {
    ...{ points: points.rows, factors: points.factors, dimensions, marks: each },
    ...{ error: productError(dimensions), slack: roundingSlack(points, points) },
    records: memory.allocate(count * neighbors.recordBytes(each)),
    bounds: memory.allocate(4 * (count + 16)),
  };
  const chunk = Math.max(1, Math.floor(NUMBERS_A_STEP / (each * dimensions)));
  for (let first = 0; first < count; first += chunk) {
    const size = Math.min(chunk, count - first);
    neighbors.startRanks(ranks, first, size, indices + 4 * first * each, points.halfNorms, points.scale);
    yield;
  }
  return {
    visit(tile) {
      if (tile.pairs === 'both') neighbors.ranksOfBoth(ranks, tile);
      else neighbors.ranksOfRows(ranks, tile);
    },
    read() {
      neighbors.readRanks(ranks, 0, count, indices);
      return new Int32Array(memory.memory.buffer, indices, marks.length).slice();
    },
  };
}
