import { LatentkitError } from '@latentkit/core';
import { requireWidePoints, type WidePoints } from './narrow-points.ts';
import type { Points } from './points.ts';

/**
 * Points whose columns have mean 0 and standard deviation 1, so that none counts for more by its unit:
 * `(x - mean) / sqrt(mean((x - mean)^2))` in float64, rounded to float32 at the end. A column of one value becomes 0.
 *
 * @throws `E_USAGE` for what is no `Float64Array`; `E_SHAPE` for other sizes than it says; `E_NOT_FINITE` with row and column.
 * @example
 * standardizePoints({ data: Float64Array.of(1, 10, 3, 10), count: 2, dimensions: 2 }).data; // [-1, 0, 1, 0]
 * @see scikit-learn's `StandardScaler`
 */
export function standardizePoints(points: WidePoints): Points {
  requireWidePoints(points, 'standardizePoints');
  const { data, count, dimensions } = points;
  const standard = new Float32Array(data.length);
  for (let column = 0; column < dimensions; column++) {
    let [sum, low, high] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = column; at < data.length; at += dimensions) {
      const value = data[at]!;
      sum += value;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const mean = sum / count;
    if (!Number.isFinite(mean)) throw notFinite(points, column);
    if (low === high) continue; // the mean of many equal numbers is not always theirs
    let squares = 0;
    for (let at = column; at < data.length; at += dimensions) squares += (data[at]! - mean) ** 2;
    const deviation = Math.sqrt(squares / count);
    for (let at = column; at < data.length; at += dimensions) standard[at] = (data[at]! - mean) / deviation;
  }
  return { data: standard, count, dimensions };
}

function notFinite({ data, count, dimensions }: WidePoints, column: number): LatentkitError {
  const row = Array.from({ length: count }, (_, i) => i).find(
    (i) => !Number.isFinite(data[i * dimensions + column]),
  );
  const what =
    row === undefined ? 'a sum beyond float64' : `${data[row * dimensions + column]} in row ${row}`;
  return new LatentkitError('E_NOT_FINITE', `standardizePoints: ${what}, column ${column} (from 0)`, {
    fix: 'Drop the row, or fill the gap',
  });
}
