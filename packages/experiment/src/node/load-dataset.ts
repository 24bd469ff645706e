import { type Dataset, type Examples, LatentkitError } from '@latentkit/core';
import {
  anything,
  checkOptions,
  flagRule,
  functionRule,
  type OptionRules,
  pathRule,
  signalRule,
} from '@latentkit/core/options';
import type { TableColumn } from '@latentkit/core/table';
import { type DownloadProgress, trainOnAll } from '@latentkit/datasets';
import { dataDirectory, diskCache } from '@latentkit/datasets/node';
import type { ExperimentConfig } from '../config-schema.ts';
import { imageLooks } from '../data/dataset-of-sets.ts';
import { DATASET_RULES, loadNamedDataset, type WantedImages } from '../data/load-named-dataset.ts';
import { type ImageListeners, openArraysDataset } from './read-arrays-dataset.ts';

export interface LoadDatasetOptions extends ImageListeners {
  /** Of a table: its columns as a model reads them already, which is trained further; by default what its rows say. */
  columns?: readonly TableColumn[] | undefined;
  onProgress?: (progress: DownloadProgress) => void;
}

/** Files or folders of images of one's own, and of their classes. */
export interface ImageFiles {
  /** The images to learn from, or a packed set of them; a tenth of them, or as many as the config says, is judged by where there are no others. */
  data?: string;
  labels?: string;
  /** The images to judge by. */
  validationData?: string;
  validationLabels?: string;
}

const RULES: OptionRules<LoadDatasetOptions & ImageFiles & WantedImages> = {
  data: pathRule,
  labels: pathRule,
  validationData: pathRule,
  validationLabels: pathRule,
  onProgress: functionRule,
  onImport: functionRule,
  onReading: functionRule,
  strict: flagRule,
  columns: anything, // importSets looks at them
  signal: signalRule,
  judgesOnly: flagRule,
};

/**
 * The dataset a config names: drawn, from its folder, from the cache, or downloaded into it; of `arrays`, from the files of
 * images that are named beside it, whose images are not in memory where they are a packed set.
 *
 * With a `limit`, the first so many training images, and as large a part of the others (one at least). With `validation`, so
 * many of the training images are held out to choose the epoch by, and the others that were to judge by are `test`. With
 * `trainOnAll`, every image is learned from.
 *
 * @throws `E_NETWORK` when every mirror failed; `E_NOT_FOUND`, `E_CHECKSUM`, `E_FORMAT` for missing or wrong files in
 * `dataDir`; `E_IO` when the disk refuses; `E_RANGE` where none would be left to learn from; `E_USAGE` for `arrays`
 * without a file; what `readArraysDataset` throws for one.
 * @example
 * const { train, test } = await loadDataset({ name: 'mnist', limit: 6000 }); // 6,000 and 1,000 images
 */
export async function loadDataset(
  config: ExperimentConfig['dataset'],
  given?: LoadDatasetOptions & WantedImages & { [Name in keyof ImageFiles]?: undefined },
): Promise<Dataset>;
export async function loadDataset(
  config: ExperimentConfig['dataset'],
  given?: LoadDatasetOptions & ImageFiles & WantedImages,
): Promise<Dataset<Examples>>;
export async function loadDataset(
  config: ExperimentConfig['dataset'],
  given: LoadDatasetOptions & ImageFiles & WantedImages = {},
): Promise<Dataset<Examples>> {
  checkOptions('loadDataset', config, DATASET_RULES);
  checkOptions('loadDataset', given, RULES);
  const { name, dataDir, limit, validation, trainOnAll: learnsFromAll = false } = config;
  const {
    onProgress,
    onImport,
    onReading,
    strict,
    columns,
    signal,
    data,
    labels,
    validationData,
    validationLabels,
    judgesOnly = false,
  } = given;
  if (data !== undefined) {
    if (name !== 'arrays') {
      throw new LatentkitError('E_USAGE', `loadDataset: '${name}' and the file ${data} are two datasets`, {
        fix: "Leave one of them out; images of a file are the dataset 'arrays'",
      });
    }
    const files = { validation: validationData, labels, validationLabels };
    const cut = { limit, validationCount: validation };
    const dataset = await openArraysDataset(data, {
      ...files,
      ...cut,
      ...imageLooks(config),
      columns,
      onImport,
      onReading,
      strict,
      signal,
    });
    return learnsFromAll ? trainOnAll(dataset) : dataset;
  }
  const options = {
    onProgress,
    signal,
    cache: diskCache(),
    ...(dataDir !== undefined && { dataDir: dataDirectory(dataDir) }),
  };
  return loadNamedDataset(config, { ...options, judgesOnly });
}
