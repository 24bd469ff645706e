import type { Dataset, Examples } from '@latentkit/core';
import { checkValue } from '@latentkit/core/options';
import { fewerImages } from './fewer-images.ts';
import { datasetRule } from './require-set.ts';

/** As large a part of some images as `limit` is of `total`; one at least. */
export function partOf(count: number, limit: number, total: number): number {
  return Math.max(1, Math.round(count * (limit / total)));
}

/**
 * The first `limit` training images, and as large a part of the others, one at least; each as `fewerImages` takes them.
 *
 * @throws `E_RANGE` when `limit` is not a whole number of at least 1.
 * @example
 * limitDataset(await loadMnist(), 6000).validation.count; // 1000
 */
export function limitDataset(dataset: Dataset, limit: number | undefined): Dataset;
export function limitDataset(dataset: Dataset<Examples>, limit: number | undefined): Dataset<Examples>;
export function limitDataset(dataset: Dataset<Examples>, limit: number | undefined): Dataset<Examples> {
  checkValue('limitDataset', 'dataset', dataset, datasetRule);
  const { train, validation, test } = dataset;
  if (limit === undefined || limit >= train.count) return dataset;
  const part = (set: Examples) => fewerImages(set, partOf(set.count, limit, train.count));
  const judges = part(validation);
  return {
    ...dataset,
    ...{ train: fewerImages(train, limit), validation: judges },
    ...(test && { test: test === validation ? judges : part(test) }), // one set stays one
  };
}
