import { type Dataset, LatentkitError } from '@latentkit/core';
import { anything, checkOptions, functionRule, type OptionRules, signalRule } from '@latentkit/core/options';
import { DATASETS, type DownloadProgress, holdOut, limitDataset, trainOnAll } from '@latentkit/datasets';
import { dataDirectory, diskCache } from '@latentkit/datasets/node';
import type { ExperimentConfig } from '../config-schema.ts';

export interface LoadDatasetOptions {
  onProgress?: (progress: DownloadProgress) => void;
  signal?: AbortSignal;
}

const CONFIG: OptionRules<ExperimentConfig['dataset']> = {
  name: anything,
  dataDir: anything,
  limit: anything,
  validation: anything,
  trainOnAll: anything,
};

const RULES: OptionRules<LoadDatasetOptions> = { onProgress: functionRule, signal: signalRule };

/**
 * The dataset a config names: drawn, from its folder, from the cache, or downloaded into it.
 *
 * With a `limit`, the first so many training images, and as large a part of the others (one at least). With `validation`, so
 * many of the training images are held out to choose the epoch by, and the others that were to judge by are `test`. With
 * `trainOnAll`, every image is learned from.
 *
 * @throws `E_NETWORK` when every mirror failed; `E_NOT_FOUND`, `E_CHECKSUM`, `E_FORMAT` for missing or wrong files in
 * `dataDir`; `E_IO` when the disk refuses; `E_RANGE` where none would be left to learn from; `E_USAGE` for `arrays`, which
 * are nowhere to be loaded from.
 * @example
 * const { train, test } = await loadDataset({ name: 'mnist', limit: 6000 }); // 6,000 and 1,000 images
 */
export async function loadDataset(
  config: ExperimentConfig['dataset'],
  given: LoadDatasetOptions = {},
): Promise<Dataset> {
  checkOptions('loadDataset', config, CONFIG);
  checkOptions('loadDataset', given, RULES);
  const { name, dataDir, limit, validation, trainOnAll: learnsFromAll = false } = config;
  const { onProgress, signal } = given;
  const kind = DATASETS.find((one) => one.name === name);
  if (!kind) {
    throw new LatentkitError(
      'E_USAGE',
      `loadDataset: '${name}' are images in a program's memory, not to be loaded`,
      {
        fix: 'Make the dataset with fromArrays or readArraysDataset, or name another one',
      },
    );
  }
  const options = {
    onProgress,
    signal,
    cache: diskCache(),
    ...(dataDir !== undefined && { dataDir: dataDirectory(dataDir) }),
  };
  const dataset = limitDataset(await kind.load(options, limit), limit);
  if (learnsFromAll) return trainOnAll(dataset);
  return validation === undefined ? dataset : holdOut(dataset, validation);
}
