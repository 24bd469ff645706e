import { type Dataset, type Examples, LatentkitError } from '@latentkit/core';
import {
  checkOptions,
  checkValue,
  flagRule,
  functionRule,
  type OptionRules,
  pathRule,
  signalRule,
  textRule,
} from '@latentkit/core/options';
import type { ExperimentConfig } from '../config-schema.ts';
import { tableColumnsOf } from '../model-spec-of.ts';
import { readRunConfig } from '../store/read-run-file.ts';
import { type ImageFiles, type LoadDatasetOptions, loadDataset } from './load-dataset.ts';
import { checkRunData } from './load-run.ts';
import { runFolder } from './run-folder.ts';

/** Where the data of a run are, if not where they were when it was made. */
export interface RunDatasetOptions extends ImageFiles {
  /** The folder that holds its dataset's files. */
  dataDir?: string;
  /** The dataset whose images a program had handed over. */
  dataset?: string;
}

export interface LoadRunDatasetOptions extends RunDatasetOptions, Omit<LoadDatasetOptions, 'columns'> {}

const RULES: OptionRules<LoadRunDatasetOptions> = {
  dataDir: pathRule,
  dataset: textRule,
  data: pathRule,
  labels: pathRule,
  validationData: pathRule,
  validationLabels: pathRule,
  onProgress: functionRule,
  onImport: functionRule,
  onReading: functionRule,
  strict: flagRule,
  signal: signalRule,
};

/**
 * The data that a run was made with, cut as they were: from its dataset, or from the files that it was made with.
 *
 * @throws `E_USAGE` where they are of no dataset and nobody says where they are, and for other data than the run's;
 * `E_NOT_FOUND` where there is no run, and where the folder of its data is not here; what `loadDataset` throws.
 * @example
 * const dataset = await loadRunDataset('runs/first', { dataDir: '/data/mnist' });
 */
export async function loadRunDataset(
  directory: string,
  options?: LoadRunDatasetOptions & { [Name in keyof ImageFiles]?: undefined },
): Promise<Dataset>;
export async function loadRunDataset(
  directory: string,
  options?: LoadRunDatasetOptions,
): Promise<Dataset<Examples>>;
export async function loadRunDataset(
  directory: string,
  options: LoadRunDatasetOptions = {},
): Promise<Dataset<Examples>> {
  checkValue('loadRunDataset', 'directory', directory, pathRule);
  checkOptions('loadRunDataset', options, RULES);
  const { dataset: own, model } = await readRunConfig(runFolder(directory));
  const { dataDir, dataset: name = own.name, ...files } = options;
  if (own.name !== 'arrays' && own.name !== name) {
    // Also where the run does not know its data, and nothing else would tell.
    throw new LatentkitError('E_USAGE', `${directory}: the run was made with ${own.name}, not with ${name}`, {
      fix: 'Leave --dataset out; --data-dir says where the files of its dataset are',
    });
  }
  if (name === 'arrays' && files.data === undefined) {
    const isTable = model.likelihood.type === 'columns';
    const what = isTable ? 'a table' : 'images';
    throw new LatentkitError('E_USAGE', `${directory}: the run was made with ${what} of your own`, {
      fix: isTable
        ? 'Give its file with --data FILE'
        : 'Give their file or folder with --data PATH, and --labels FILE if its images have classes of a file',
    });
  }
  const columns = tableColumnsOf(model);
  const config = { ...own, name, ...(dataDir !== undefined && { dataDir }) };
  const dataset = await loadWhereItLay(config as DatasetConfig, directory, {
    ...{ ...files, columns },
    isSaid: dataDir !== undefined,
  });
  await checkRunData(directory, dataset);
  return dataset;
}

type DatasetConfig = ExperimentConfig['dataset'];

/**
 * A run's dataset, or another cut of it.
 *
 * @param isSaid whether somebody said where its files are: else they are where they were when the run was made, or not here.
 * @throws as `loadDataset`; `E_NOT_FOUND` saying where they lay.
 */
export async function loadWhereItLay(
  config: DatasetConfig,
  directory: string,
  { isSaid, ...loading }: ImageFiles & LoadDatasetOptions & { isSaid: boolean },
): Promise<Dataset<Examples>> {
  try {
    return await loadDataset(config, loading);
  } catch (cause) {
    const isElsewhere = !isSaid && config.dataDir !== undefined;
    if (!isElsewhere || !(cause instanceof LatentkitError && cause.code === 'E_NOT_FOUND')) throw cause;
    throw new LatentkitError(
      'E_NOT_FOUND',
      `${directory}: the files of ${config.name} are not where the run found them (${config.dataDir})`,
      { fix: 'Say where they are here: dataDir, or --data-dir DIR', cause },
    );
  }
}
