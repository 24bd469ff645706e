import { LatentkitError } from '@latentkit/core';
import { anything, checkOptions, flagRule } from '@latentkit/core/options';

export interface CountBatchesOptions {
  batchSize: number;
  /** Leave out the last batch where it would be smaller than the others. */
  dropRemainder?: boolean;
}

/**
 * Batches in one epoch over `count` images.
 *
 * @throws `E_RANGE` when the batch size is not a whole number from 1 to `count`.
 * @example
 * countBatches(60_000, { batchSize: 128 }); // 469
 */
export function countBatches(count: number, options: CountBatchesOptions): number {
  checkOptions('countBatches', options, { batchSize: anything, dropRemainder: flagRule });
  const { batchSize, dropRemainder = false } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > count) {
    throw new LatentkitError(
      'E_RANGE',
      `countBatches: the batch size must be a whole number from 1 to the ${count} images there are, got ${String(batchSize)}`,
      { fix: 'Choose a smaller batch size, or more images.' },
    );
  }
  return dropRemainder ? Math.floor(count / batchSize) : Math.ceil(count / batchSize);
}
