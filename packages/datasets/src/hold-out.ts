import type { Dataset, Examples } from '@latentkit/core';
import { checkOptions, checkValue, seedRule, whole } from '@latentkit/core/options';
import { datasetRule } from './require-set.ts';
import { splitImages } from './split-images.ts';

/**
 * Holds some training images out to choose the epoch by, so that what was there to judge by stays unseen until the end: it
 * becomes `test`.
 *
 * @param count of the training images, each class its share.
 * @throws `E_RANGE` unless some are left to learn from.
 * @example
 * const { train, validation, test } = holdOut(await loadMnist(), 5000); // 55,000, 5,000 and the 10,000 test images
 */
export function holdOut(dataset: Dataset, count: number, options?: { seed?: number }): Dataset;
export function holdOut(
  dataset: Dataset<Examples>,
  count: number,
  options?: { seed?: number },
): Dataset<Examples>;
export function holdOut(
  dataset: Dataset<Examples>,
  count: number,
  options: { seed?: number } = {},
): Dataset<Examples> {
  checkValue('holdOut', 'dataset', dataset, datasetRule);
  checkValue('holdOut', 'count', count, whole(1));
  checkOptions('holdOut', options, { seed: seedRule });
  const { seed = 0 } = options;
  const { test = dataset.validation } = dataset;
  return { ...dataset, ...splitImages(dataset.train, { validationCount: count, seed }), test };
}
