import { LatentkitError } from '@latentkit/core';
import type { Points } from './points.ts';

/** Vectors of float64, one a row. */
export interface WidePoints {
  /** `[count, dimensions]`, row-major. */
  readonly data: Float64Array;
  readonly count: number;
  readonly dimensions: number;
}

/**
 * Points of float64 as float32, with the distances that they have.
 *
 * A column whose numbers float32 cannot hold, and whose mean is larger than its spread (seconds since 1970, readings about a
 * large level), has its mean taken away in float64 before it is rounded; other columns are rounded as they are. Euclidean
 * distances, and so maps, do not change with it; cosines do.
 *
 * @throws `E_USAGE` for what is no `Float64Array`; `E_SHAPE` for other sizes than it says.
 * @example
 * const points = narrowPoints({ data: Float64Array.of(1.7e9, 1.7e9 + 1, 1.7e9 + 2), count: 3, dimensions: 1 });
 * points.data; // [-1, 0, 1]: as float32 all three were equal
 */
export function narrowPoints(points: WidePoints): Points {
  requireWidePoints(points, 'narrowPoints');
  const { data, count, dimensions } = points;
  const narrow = Float32Array.from(data);
  for (let column = 0; column < dimensions; column++) {
    const offset = offsetOf(data, narrow, column, dimensions);
    if (offset === 0) continue;
    for (let at = column; at < data.length; at += dimensions) narrow[at] = data[at]! - offset;
  }
  return { data: narrow, count, dimensions };
}

/** Throws `E_USAGE` for what is no `Float64Array`, `E_SHAPE` for other sizes than it says. */
export function requireWidePoints(points: WidePoints, where: string): void {
  const { data, count, dimensions } = Object(points) as WidePoints;
  if (!(data instanceof Float64Array)) {
    throw new LatentkitError('E_USAGE', `${where}: data must be a Float64Array`);
  }
  if (data.length !== count * dimensions) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected points of [count, dimensions], got ${data.length} numbers for [${count}, ${dimensions}]`,
    );
  }
}

/** What is to be taken away from a column before it is rounded. */
function offsetOf(data: Float64Array, narrow: Float32Array, column: number, dimensions: number): number {
  let [count, sum, isExact] = [0, 0, true];
  for (let at = column; at < data.length; at += dimensions) {
    count++;
    sum += data[at]!;
    isExact &&= data[at] === narrow[at];
  }
  const mean = sum / count;
  if (isExact || !Number.isFinite(mean)) return 0;
  let squares = 0;
  for (let at = column; at < data.length; at += dimensions) squares += (data[at]! - mean) ** 2;
  return mean * mean > squares / count ? mean : 0;
}
