import type { Dataset, Examples, ImageSet } from '@latentkit/core';
import { checkOptions, checkValue, having } from '@latentkit/core/options';
import { fewerImages, holdOut, limitDataset, splitImages, trainOnAll } from '@latentkit/datasets';
import { fitToTraining, type ImportedSets, type ImportSetsOptions } from '@latentkit/datasets/import';
import type { ExperimentConfig } from '../config-schema.ts';
import { DATASET_RULES } from './load-named-dataset.ts';
import { withLabels } from './with-labels.ts';

type DatasetConfig = ExperimentConfig['dataset'];

/** How files become images, as a config says it. */
export type ImageLooks = Pick<
  ImportSetsOptions,
  | 'source'
  | 'size'
  | 'channels'
  | 'fit'
  | 'background'
  | 'labelColumn'
  | 'uses'
  | 'missing'
  | 'delimiter'
  | 'decimal'
  | 'header'
  | 'columns'
>;

/** Sets that are read, and what is known of them. */
export type ImportedData<Set extends Examples = ImageSet> = Pick<
  ImportedSets<Set>,
  'parts' | 'classNames' | 'columns' | 'table'
>;

const setsRule = having('imported sets, { parts }', { parts: 'object' }, 'importSets gives them');

/**
 * How files become images, as a config says it.
 *
 * @example
 * const sets = await importSets(files, imageLooks(config.dataset));
 */
export function imageLooks(config: DatasetConfig): ImageLooks {
  checkValue('imageLooks', 'config', config, having('the dataset of a config', { name: 'string' }));
  if (config.name !== 'arrays') return {};
  const { source, size, channels, fit, background, labelColumn } = config;
  const { uses, missing, delimiter, decimal, header } = config;
  const ofTables = { uses, missing, delimiter, decimal, header };
  return { source, size, channels, fit, background, labelColumn, ...ofTables };
}

/**
 * The dataset of a person's own files, cut as a config says: in a page, in a program and on the command line the same images in
 * the same order, and so the same weights.
 *
 * Files that name no parts are split as `fromArrays` splits; the numbers of a table are standardised by the rows to learn from. With a `validation`, so many images are held out to choose the epoch
 * by; then a test set that files name is for testing alone.
 *
 * @throws `E_RANGE` where none would be left to learn from.
 * @example
 * const config = { name: 'arrays', size: 28, channels: 1 };
 * const dataset = datasetOfSets(await importSets(files, imageLooks(config)), config);
 */
export function datasetOfSets(sets: ImportedData, config?: DatasetConfig): Dataset;
export function datasetOfSets(sets: ImportedData<Examples>, config?: DatasetConfig): Dataset<Examples>;
export function datasetOfSets(
  sets: ImportedData<Examples>,
  config: DatasetConfig = { name: 'arrays' },
): Dataset<Examples> {
  checkValue('datasetOfSets', 'sets', sets, setsRule);
  checkOptions('datasetOfSets', config, DATASET_RULES);
  const { limit, validation: count, trainOnAll: learnsFromAll } = config;
  const { classNames } = sets;
  const dataset = {
    ...fitToTraining(sets, (parts) => cut(parts, { name: 'arrays', limit, count })),
    ...(classNames && { classNames }),
  };
  return withLabels(learnsFromAll ? trainOnAll(dataset) : dataset, config);
}

function cut(
  { train, test, validation = test }: ImportedSets<Examples>['parts'],
  { name, limit, count }: { name: string; limit: number | undefined; count: number | undefined },
): Dataset<Examples> {
  if (validation) {
    const dataset = limitDataset({ name, train, validation, ...(test && { test }) }, limit);
    return count === undefined ? dataset : holdOut(dataset, count);
  }
  if (count === undefined) return limitDataset({ name, ...splitImages(train) }, limit);
  return { name, ...splitImages(fewerImages(train, limit ?? train.count), { validationCount: count }) };
}
