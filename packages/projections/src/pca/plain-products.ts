import type { Work } from '../work.ts';
import type { Products } from './products.ts';

const PIECE = 2 ** 20; // multiply-adds in a step

/** Products by plain loops, in float64: for few numbers, and the measure of the fast ones. */
export const plainProducts: Products = {
  precision: 'float64',
  *covariance({ points: { data, count, dimensions }, mean, scale }) {
    const sums = new Float64Array(dimensions * dimensions);
    const row = new Float64Array(dimensions);
    yield* inPieces(count, dimensions * dimensions, (r) => {
      for (let d = 0; d < dimensions; d++) row[d] = (data[r * dimensions + d]! - mean[d]!) * scale;
      for (let i = 0; i < dimensions; i++) {
        const factor = row[i]!;
        if (factor === 0) continue;
        const at = i * dimensions;
        for (let j = 0; j <= i; j++) sums[at + j]! += factor * row[j]!;
      }
    });
    return mirror(sums, dimensions);
  },
  *gram({ points: { data, count, dimensions }, mean, scale }) {
    const sums = new Float64Array(count * count);
    const deviations = Float64Array.from(data, (number, i) => (number - mean[i % dimensions]!) * scale);
    yield* inPieces(count, count * dimensions, (i) => {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let d = 0; d < dimensions; d++) {
          sum += deviations[i * dimensions + d]! * deviations[j * dimensions + d]!;
        }
        sums[i * count + j] = sum;
      }
    });
    return mirror(sums, count);
  },
  *project({ points: { data, count, dimensions }, mean, scale }, directions, rows) {
    const scores = new Float32Array(count * rows);
    const row = new Float64Array(dimensions);
    yield* inPieces(count, rows * dimensions, (r) => {
      for (let d = 0; d < dimensions; d++) row[d] = (data[r * dimensions + d]! - mean[d]!) * scale;
      for (let i = 0; i < rows; i++) {
        let sum = 0;
        for (let d = 0; d < dimensions; d++) sum += directions[i * dimensions + d]! * row[d]!;
        scores[r * rows + i] = sum;
      }
    });
    return scores;
  },
  *combine({ points: { data, count, dimensions }, mean, scale }, weights, columns) {
    const sums = new Float64Array(columns * dimensions);
    yield* inPieces(count, columns * dimensions, (r) => {
      for (let i = 0; i < columns; i++) {
        const weight = weights[r * columns + i]!;
        for (let d = 0; d < dimensions; d++) {
          sums[i * dimensions + d]! += weight * (data[r * dimensions + d]! - mean[d]!) * scale;
        }
      }
    });
    return sums;
  },
};

/** Calls `visit` for 0 to `count - 1`, each of which takes `work` multiply-adds. */
function* inPieces(count: number, work: number, visit: (i: number) => void): Work<void> {
  const piece = Math.max(1, Math.floor(PIECE / work));
  for (let i = 0; i < count; i++) {
    visit(i);
    if ((i + 1) % piece === 0) yield (i + 1) / count;
  }
}

/** Copies what is below the diagonal to above it. */
function mirror(matrix: Float64Array, size: number): Float64Array {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) matrix[j * size + i] = matrix[i * size + j]!;
  }
  return matrix;
}
