import { type Eigenpairs, largest } from './eigenpairs.ts';
import { tridiagonalEigen } from './tridiagonal-eigen.ts';
import { tridiagonalize } from './tridiagonalize.ts';
import { type Work, within } from './work.ts';

/**
 * The largest eigenvalues of a symmetric matrix and their eigenvectors, by way of all of them: Householder's reflections,
 * then QL.
 *
 * @param matrix `[size, size]`, overwritten.
 */
export function* allEigenpairs(matrix: Float64Array, size: number, wanted: number): Work<Eigenpairs> {
  const { diagonal, beside, reflect } = yield* within(tridiagonalize(matrix, size), 0, 0.3);
  const columns = unitColumns(size);
  yield* within(tridiagonalEigen(diagonal, beside, columns), 0.3, 0.9);
  const pairs = largest(wanted, { values: diagonal, vectors: columns });
  for (const [i, vector] of pairs.vectors.entries()) {
    reflect(vector);
    yield 0.9 + (0.1 * (i + 1)) / wanted;
  }
  return pairs;
}

/** The columns of the unit matrix. */
export function unitColumns(size: number): Float64Array[] {
  return Array.from({ length: size }, (_, i) => {
    const column = new Float64Array(size);
    column[i] = 1;
    return column;
  });
}
