import { join } from 'node:path';
import { type Dataset, LatentkitError } from '@latentkit/core';
import {
  checkOptions,
  checkValue,
  functionRule,
  type OptionRules,
  pathRule,
  signalRule,
} from '@latentkit/core/options';
import { parseConfig } from '../parse-config.ts';
import { type LoadDatasetOptions, loadDataset } from './load-dataset.ts';
import { checkRunData } from './load-run.ts';
import { readArraysDataset } from './read-arrays-dataset.ts';
import { readRunJson } from './read-run-file.ts';
import { RUN_FILES } from './run-files.ts';

/** Where the data of a run are, if not where they were when it was made. */
export interface RunDatasetOptions {
  /** The folder that holds its dataset's files. */
  dataDir?: string;
  /** The file of images that it was made with, where they are of no dataset. */
  data?: string;
  /** The classes of those. */
  labels?: string;
  /** The file of images that it was judged by, and their classes, where there was one. */
  validationData?: string;
  validationLabels?: string;
}

export interface LoadRunDatasetOptions extends RunDatasetOptions, LoadDatasetOptions {}

const RULES: OptionRules<LoadRunDatasetOptions> = {
  dataDir: pathRule,
  data: pathRule,
  labels: pathRule,
  validationData: pathRule,
  validationLabels: pathRule,
  onProgress: functionRule,
  signal: signalRule,
};

/**
 * The data that a run was made with, cut as they were: from its dataset, or from the file that it was made with.
 *
 * @throws `E_USAGE` where they are of no dataset and nobody says where they are, and for other data than the run's;
 * `E_NOT_FOUND` where there is no run; what `loadDataset` and `readArraysDataset` throw.
 * @example
 * const dataset = await loadRunDataset('runs/first', { dataDir: '/data/mnist' });
 */
export async function loadRunDataset(
  directory: string,
  options: LoadRunDatasetOptions = {},
): Promise<Dataset> {
  checkValue('loadRunDataset', 'directory', directory, pathRule);
  checkOptions('loadRunDataset', options, RULES);
  const { dataDir, data, labels, validationData, validationLabels, ...loading } = options;
  const { dataset: config } = parseConfig(
    await readRunJson(directory, RUN_FILES.config),
    join(directory, RUN_FILES.config),
  );
  if (config.name !== 'arrays') {
    if (data !== undefined) {
      throw new LatentkitError(
        'E_USAGE',
        `${directory}: the run was made with ${config.name}, not with a file of images`,
        {
          fix: 'Leave --data out; --data-dir says where the files of its dataset are',
        },
      );
    }
    return checked(
      await loadDataset({ ...config, ...(dataDir !== undefined && { dataDir }) } as typeof config, loading),
    );
  }
  if (data === undefined) {
    throw new LatentkitError('E_USAGE', `${directory}: the run was made with images of your own`, {
      fix: 'Give their file with --data FILE.npy, and --labels FILE if they have classes',
    });
  }
  const { limit, validation: validationCount } = config;
  return checked(
    await readArraysDataset(data, {
      validation: validationData,
      labels,
      validationLabels,
      limit,
      validationCount,
    }),
  );

  async function checked(dataset: Dataset): Promise<Dataset> {
    await checkRunData(directory, dataset);
    return dataset;
  }
}
