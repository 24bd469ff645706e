import { LatentkitError } from '@latentkit/core';
import { checkValue, listRule, whole } from '@latentkit/core/options';
import { finish } from '../work.ts';
import { allEigenpairs } from './all-eigenpairs.ts';
import type { Eigenpairs } from './eigenpairs.ts';

/**
 * All eigenvalues of a symmetric matrix, the largest first, with their eigenvectors of length 1, in float64.
 *
 * @param matrix `[size, size]`, left as it is; one half is read, the other taken to mirror it.
 * @throws `E_SHAPE` for another number of numbers, `E_NOT_FINITE` for one that is none.
 * @example
 * symmetricEigenpairs([2, 1, 1, 2], 2).values; // [3, 1]
 */
export function symmetricEigenpairs(matrix: ArrayLike<number>, size: number): Eigenpairs {
  checkValue('symmetricEigenpairs', 'matrix', matrix, listRule);
  checkValue('symmetricEigenpairs', 'size', size, whole(1));
  if (matrix.length !== size * size) {
    throw new LatentkitError(
      'E_SHAPE',
      `symmetricEigenpairs: expected ${size} x ${size} numbers, got ${matrix.length}`,
    );
  }
  const copy = Float64Array.from(matrix);
  const odd = copy.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0)
    throw new LatentkitError('E_NOT_FINITE', `symmetricEigenpairs: number ${odd} is ${copy[odd]}`);
  return finish(allEigenpairs(copy, size, size));
}
