import { LatentkitError } from '@latentkit/core';

/** Throws `E_RANGE` unless k is a whole number of 1 or more below `limit`, named by `limitName`. */
export function requireK(k: number, limit: number, limitName: string, where: string): void {
  if (Number.isInteger(k) && k >= 1 && k < limit) return;
  throw new LatentkitError(
    'E_RANGE',
    `${where}: k must be a whole number from 1, below ${limitName}, got ${k}`,
    {
      fix: 'Take more points or a smaller k',
    },
  );
}
