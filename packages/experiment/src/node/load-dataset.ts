import { type Dataset, type ImageSet, LatentkitError } from '@latentkit/core';
import {
  type DownloadProgress,
  digitsDataset,
  limitImages,
  loadFashionMnist,
  loadMnist,
} from '@latentkit/datasets';
import { dataDirectory, diskCache } from '@latentkit/datasets/node';
import type { ExperimentConfig } from '../config-schema.ts';

export interface LoadDatasetOptions {
  onProgress?: (progress: DownloadProgress) => void;
  signal?: AbortSignal;
}

/**
 * The dataset a config names: drawn, from its folder, from the cache, or downloaded into it.
 *
 * With a `limit`, the first so many training images, and as large a part of the validation images (one at least).
 *
 * @throws `E_NETWORK` when every mirror failed; `E_NOT_FOUND`, `E_CHECKSUM`, `E_FORMAT` for missing or wrong files in
 * `dataDir`; `E_IO` when the disk refuses; `E_USAGE` for `arrays`, which are nowhere to be loaded from.
 * @example
 * const { train, validation } = await loadDataset({ name: 'mnist', limit: 6000 }); // 6,000 and 1,000 images
 */
export async function loadDataset(
  { name, dataDir, limit }: ExperimentConfig['dataset'],
  { onProgress, signal }: LoadDatasetOptions = {},
): Promise<Dataset> {
  if (name === 'arrays') {
    throw new LatentkitError(
      'E_USAGE',
      "loadDataset: 'arrays' are images in a program's memory, not to be loaded",
      {
        fix: 'Make the dataset with fromArrays or readArraysDataset, or name another one',
      },
    );
  }
  const options = {
    onProgress,
    signal,
    cache: diskCache(),
    ...(dataDir && { dataDir: dataDirectory(dataDir) }),
  };
  return limitDataset(await LOADERS[name](options), limit);
}

const LOADERS = {
  digits: async (_: object): Promise<Dataset> => digitsDataset(),
  mnist: loadMnist,
  'fashion-mnist': loadFashionMnist,
};

/** The first `limit` training images, and as large a part of the others, one at least. */
export function limitDataset(dataset: Dataset, limit: number | undefined): Dataset {
  if (limit === undefined || limit >= dataset.train.count) return dataset;
  const share = limit / dataset.train.count;
  const part = (set: ImageSet) => limitImages(set, Math.max(1, Math.round(set.count * share)));
  return { ...dataset, train: limitImages(dataset.train, limit), validation: part(dataset.validation) };
}
