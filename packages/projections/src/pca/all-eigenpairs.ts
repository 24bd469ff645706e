import { type Work, within } from '../work.ts';
import { descending, type Eigenpairs } from './eigenpairs.ts';
import { tridiagonalEigen } from './tridiagonal-eigen.ts';
import { tridiagonalize } from './tridiagonalize.ts';

/**
 * The largest eigenvalues of a symmetric matrix and their eigenvectors, by way of all of them: Householder's reflections,
 * then QL.
 *
 * @param matrix `[size, size]`, overwritten.
 */
export function* allEigenpairs(matrix: Float64Array, size: number, wanted: number): Work<Eigenpairs> {
  const { diagonal, beside, reflect } = yield* within(tridiagonalize(matrix, size), 0, 0.3);
  const pairs = yield* within(tridiagonalPairs(diagonal, beside, wanted), 0.3, 0.9);
  for (const [i, vector] of pairs.vectors.entries()) {
    reflect(vector);
    yield 0.9 + (0.1 * (i + 1)) / wanted;
  }
  return pairs;
}

/** The largest eigenvalues of a symmetric tridiagonal matrix, which is overwritten, and their eigenvectors. */
export function* tridiagonalPairs(
  diagonal: Float64Array,
  beside: Float64Array,
  wanted: number,
): Work<Eigenpairs> {
  const size = diagonal.length;
  const columns = new Float64Array(size * size);
  for (let i = 0; i < size; i++) columns[i * size + i] = 1;
  yield* within(tridiagonalEigen(diagonal, beside, columns), 0, 0.95);
  const order = descending(diagonal).slice(0, wanted);
  const vectors: Float64Array[] = [];
  for (const i of order) {
    const vector = new Float64Array(size);
    for (let k = 0; k < size; k++) vector[k] = columns[k * size + i]!;
    vectors.push(vector);
    yield 0.95 + (0.05 * vectors.length) / wanted;
  }
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors };
}
