import { LatentkitError } from '@latentkit/core';

/**
 * Makes sure that a standard deviation is one.
 *
 * @throws `E_RANGE` unless it is a finite number above 0.
 */
export function checkSigma(where: string, sigma: unknown): asserts sigma is number {
  if (typeof sigma !== 'number' || !Number.isFinite(sigma) || sigma <= 0) {
    throw new LatentkitError('E_RANGE', `${where}: sigma must be a finite number above 0, got ${sigma}`);
  }
}
