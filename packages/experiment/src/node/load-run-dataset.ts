import { type Dataset, LatentkitError } from '@latentkit/core';
import {
  checkOptions,
  checkValue,
  functionRule,
  type OptionRules,
  pathRule,
  signalRule,
  textRule,
} from '@latentkit/core/options';
import { isThere } from '@latentkit/formats/node';
import type { ExperimentConfig } from '../config-schema.ts';
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

export interface LoadRunDatasetOptions extends RunDatasetOptions, LoadDatasetOptions {}

const RULES: OptionRules<LoadRunDatasetOptions> = {
  dataDir: pathRule,
  dataset: textRule,
  data: pathRule,
  labels: pathRule,
  validationData: pathRule,
  validationLabels: pathRule,
  onProgress: functionRule,
  onImport: functionRule,
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
  options: LoadRunDatasetOptions = {},
): Promise<Dataset> {
  checkValue('loadRunDataset', 'directory', directory, pathRule);
  checkOptions('loadRunDataset', options, RULES);
  const { dataset: own } = await readRunConfig(runFolder(directory));
  const { dataDir, dataset: name = own.name, ...files } = options;
  if (own.name !== 'arrays' && own.name !== name) {
    // Also where the run does not know its data, and nothing else would tell.
    throw new LatentkitError('E_USAGE', `${directory}: the run was made with ${own.name}, not with ${name}`, {
      fix: 'Leave --dataset out; --data-dir says where the files of its dataset are',
    });
  }
  if (name === 'arrays' && files.data === undefined) {
    throw new LatentkitError('E_USAGE', `${directory}: the run was made with images of your own`, {
      fix: 'Give their file or folder with --data PATH, and --labels FILE if its images have classes of a file',
    });
  }
  if (own.dataDir !== undefined && dataDir === undefined && !(await isThere(own.dataDir))) {
    throw new LatentkitError(
      'E_NOT_FOUND',
      `${directory}: its data lay in ${own.dataDir}, which is not here`,
      {
        fix: 'Say where they are with --data-dir',
      },
    );
  }
  const config = { ...own, name, ...(dataDir !== undefined && { dataDir }) };
  const dataset = await loadDataset(config as ExperimentConfig['dataset'], files);
  await checkRunData(directory, dataset);
  return dataset;
}
