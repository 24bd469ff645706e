import type { Work } from '../work.ts';

/** `T = Q^T A Q` with Q a product of reflections `I - 2 v v^T / (v^T v)`. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** The number beside `diagonal[i]` and `diagonal[i + 1]`; the last is 0. */
  readonly beside: Float64Array;
  /** Gives `Q x` in place. */
  reflect(x: Float64Array): void;
}

/**
 * Brings a symmetric matrix to tridiagonal form by Householder's reflections.
 *
 * @param matrix `[size, size]`, overwritten.
 * @see Golub & Van Loan: "Matrix computations", section 8.3.1
 */
export function* tridiagonalize(matrix: Float64Array, size: number): Work<Tridiagonal> {
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size);
  const factors = new Float64Array(size); // 2 / (v^T v), 0 for no reflection
  const product = new Float64Array(size);
  for (let k = 0; k < size - 1; k++) {
    const row = matrix.subarray(k * size, (k + 1) * size); // v is left where the row was, from k + 1 on
    diagonal[k] = row[k]!;
    let squares = 0;
    for (let i = k + 2; i < size; i++) squares += row[i]! * row[i]!;
    const first = row[k + 1]!;
    beside[k] = first;
    if (squares > 0) {
      const norm = Math.sqrt(squares + first * first);
      beside[k] = first > 0 ? -norm : norm;
      row[k + 1] = first - beside[k]!;
      factors[k] = 2 / (squares + row[k + 1]! * row[k + 1]!);
      reflectBothSides(matrix, size, k, factors[k]!, row, product);
    }
    yield (k + 1) / size;
  }
  diagonal[size - 1] = matrix[size * size - 1]!;
  return {
    diagonal,
    beside,
    reflect(x) {
      for (let k = size - 2; k >= 0; k--) {
        if (factors[k] === 0) continue;
        const row = k * size;
        let sum = 0;
        for (let i = k + 1; i < size; i++) sum += matrix[row + i]! * x[i]!;
        sum *= factors[k]!;
        for (let i = k + 1; i < size; i++) x[i]! -= sum * matrix[row + i]!;
      }
    },
  };
}

/** `B - v w^T - w v^T` for the rows and columns B of the matrix from k + 1 on, where `w = p - (f / 2) (p^T v) v`, `p = f B v`. */
function reflectBothSides(
  matrix: Float64Array,
  size: number,
  k: number,
  factor: number,
  v: Float64Array,
  w: Float64Array,
): void {
  let along = 0;
  for (let i = k + 1; i < size; i++) {
    const row = i * size;
    let sum = 0;
    for (let j = k + 1; j < size; j++) sum += matrix[row + j]! * v[j]!;
    w[i] = factor * sum;
    along += w[i]! * v[i]!;
  }
  for (let i = k + 1; i < size; i++) w[i]! -= 0.5 * factor * along * v[i]!;
  for (let i = k + 1; i < size; i++) {
    const row = i * size;
    const [vi, wi] = [v[i]!, w[i]!];
    for (let j = k + 1; j < size; j++) matrix[row + j]! -= vi * w[j]! + wi * v[j]!;
  }
}
