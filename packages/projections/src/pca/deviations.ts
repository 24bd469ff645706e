import { LatentkitError } from '@latentkit/core';
import type { Points } from '../points.ts';
import type { Work } from '../work.ts';

const PIECE = 2 ** 20; // numbers looked at in a step
const MAX_FLOAT32 = 2 ** 127;

/** Points as what they are away from a mean: `(x - mean) * scale`. */
export interface Deviations {
  readonly points: Points;
  /** `[dimensions]` */
  readonly mean: Float64Array;
  /** A power of two: changes no bits, and keeps products of float32 from overflowing and vanishing. */
  readonly scale: number;
}

/** The mean of points, in float64; that of a constant column is its number exactly. */
export function* meanOf({ data, count, dimensions }: Points): Work<Float64Array> {
  const sums = new Float64Array(dimensions);
  const rows = Math.max(1, Math.floor(PIECE / dimensions));
  for (let start = 0; start < count; start += rows) {
    const end = Math.min(count, start + rows);
    for (let row = start; row < end; row++) {
      const at = row * dimensions;
      for (let d = 0; d < dimensions; d++) sums[d]! += data[at + d]! - data[d]!;
    }
    yield end / count;
  }
  return sums.map((sum, d) => data[d]! + sum / count);
}

/** Sum of the squares of all deviations from `mean`, and the largest deviation by magnitude. */
export function* measure(
  { data, count, dimensions }: Points,
  mean: Float64Array,
): Work<{ squares: number; largest: number }> {
  const rows = Math.max(1, Math.floor(PIECE / dimensions));
  let squares = 0;
  let largest = 0;
  for (let start = 0; start < count; start += rows) {
    const end = Math.min(count, start + rows);
    for (let row = start; row < end; row++) {
      const at = row * dimensions;
      for (let d = 0; d < dimensions; d++) {
        const deviation = data[at + d]! - mean[d]!;
        squares += deviation * deviation;
        largest = Math.max(largest, Math.abs(deviation));
      }
    }
    yield end / count;
  }
  return { squares, largest };
}

/**
 * The power of two that brings `largest` to between 1 and 2; 1 for 0.
 *
 * @throws `E_RANGE` when points of so large deviations could have codes beyond float32.
 */
export function scaleFor(largest: number, dimensions: number, where: string): number {
  if (largest * Math.sqrt(dimensions) > MAX_FLOAT32) {
    throw new LatentkitError(
      'E_RANGE',
      `${where}: points up to ${largest.toPrecision(3)} from the mean in ${dimensions} dimensions have codes beyond float32`,
      { fix: 'Divide the points by a constant' },
    );
  }
  let scale = 1;
  if (largest === 0) return scale;
  while (largest * scale >= 2) scale /= 2;
  while (largest * scale < 1) scale *= 2;
  return scale;
}
