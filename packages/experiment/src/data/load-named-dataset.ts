import { type Dataset, LatentkitError, shorten } from '@latentkit/core';
import {
  anything,
  checkOptions,
  flagRule,
  functionRule,
  type OptionRules,
  signalRule,
} from '@latentkit/core/options';
import { DATASETS, holdOut, type LoadOptions, limitDataset, trainOnAll } from '@latentkit/datasets';
import type { ExperimentConfig } from '../config-schema.ts';
import { withLabels } from './with-labels.ts';

/** What of a dataset is wanted. */
export interface WantedImages {
  /** Only those to judge by: of those to learn from there may be fewer, where they cost time. */
  judgesOnly?: boolean;
}

/** What a config may say of any dataset. */
type DatasetSettings = Omit<Extract<ExperimentConfig['dataset'], { name: 'arrays' }>, 'name' | 'dataDir'> &
  Pick<ExperimentConfig['dataset'], 'name' | 'dataDir'>;

/** The same, for those who look at options. */
export const DATASET_RULES: OptionRules<DatasetSettings> = {
  name: anything,
  dataDir: anything,
  limit: anything,
  validation: anything,
  trainOnAll: anything,
  labels: anything,
  labelSeed: anything,
  labelledShare: anything,
  source: anything,
  labelColumn: anything,
  uses: anything,
  missing: anything,
  delimiter: anything,
  decimal: anything,
  header: anything,
  size: anything,
  channels: anything,
  fit: anything,
  background: anything,
};

const RULES: OptionRules<LoadOptions & WantedImages> = {
  fetch: anything,
  cache: anything,
  dataDir: anything,
  mirrors: anything,
  idleSeconds: anything,
  wait: anything,
  onProgress: functionRule,
  signal: signalRule,
  judgesOnly: flagRule,
};

/**
 * The dataset a config names, drawn or downloaded, on any platform: its folder is for Node's `loadDataset` to read.
 *
 * With a `limit`, the first so many training images, and as large a part of the others (one at least). With `validation`, so
 * many of the training images are held out to choose the epoch by, and the others that were to judge by are `test`. With
 * `trainOnAll`, every image is learned from. With `labels`, the labels of so many training images are learned from.
 *
 * @throws `E_NETWORK` when every mirror failed; `E_CHECKSUM`, `E_FORMAT` for wrong files; `E_RANGE` where none would be left to
 * learn from; `E_USAGE` for `arrays`, which have no name.
 * @example
 * const { train, validation } = await loadNamedDataset({ name: 'digits', limit: 5000 }); // 5,000 and 1,000 images
 */
export async function loadNamedDataset(
  config: ExperimentConfig['dataset'],
  given: LoadOptions & WantedImages = {},
): Promise<Dataset> {
  checkOptions('loadNamedDataset', config, DATASET_RULES);
  checkOptions('loadNamedDataset', given, RULES);
  const { name, dataDir, limit, validation, trainOnAll: learnsFromAll = false } = config;
  const { judgesOnly = false, ...options } = given;
  if (dataDir !== undefined && options.dataDir === undefined) {
    throw new LatentkitError(
      'E_USAGE',
      `loadNamedDataset: no folder '${shorten(dataDir)}' can be read here`,
      {
        fix: 'Leave dataset.dataDir out, or hand the files over as the option dataDir',
      },
    );
  }
  const kind = DATASETS.find((one) => one.name === name);
  if (!kind) {
    throw new LatentkitError(
      'E_USAGE',
      `loadDataset: '${name}' are images in a program's memory, not to be loaded`,
      {
        fix: 'Name their file, { data }, make the dataset with fromArrays, or name another one',
      },
    );
  }
  const isCut = validation !== undefined || learnsFromAll; // then those to judge by are of those to learn from
  const dataset = limitDataset(await kind.load(options, limit, { judgesOnly: judgesOnly && !isCut }), limit);
  const cut = validation === undefined ? dataset : holdOut(dataset, validation);
  const all = learnsFromAll ? trainOnAll(dataset) : cut;
  return judgesOnly ? all : withLabels(all, config);
}
