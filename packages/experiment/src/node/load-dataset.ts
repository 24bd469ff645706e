import type { Dataset, ImageSet } from '@latentkit/core';
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

/** The dataset a config names: drawn, from its folder, from the cache, or downloaded into it. */
export async function loadDataset(
  { name, dataDir, limit }: ExperimentConfig['dataset'],
  { onProgress, signal }: LoadDatasetOptions = {},
): Promise<Dataset> {
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

function limitDataset(dataset: Dataset, limit: number | undefined): Dataset {
  if (limit === undefined || limit >= dataset.train.count) return dataset;
  const share = limit / dataset.train.count;
  const part = (set: ImageSet) => limitImages(set, Math.max(1, Math.round(set.count * share)));
  return { ...dataset, train: limitImages(dataset.train, limit), validation: part(dataset.validation) };
}
