import type { Dataset, Examples, ImageSet } from '@latentkit/core';
import { checkOptions, checkValue, having } from '@latentkit/core/options';
import { fewerImages, holdOut, limitDataset, splitImages, trainOnAll } from '@latentkit/datasets';
import type { ImportedSets, ImportSetsOptions } from '@latentkit/datasets/import';
import type { ExperimentConfig } from '../config-schema.ts';
import { DATASET_RULES } from './load-named-dataset.ts';

type DatasetConfig = ExperimentConfig['dataset'];

/** How files become images, as a config says it. */
export type ImageLooks = Pick<
  ImportSetsOptions,
  'source' | 'size' | 'channels' | 'fit' | 'background' | 'labelColumn' | 'uses' | 'missing' | 'columns'
>;

/** Sets that are read, and what is known of them. */
export type ImportedData<Set extends Examples = ImageSet> = Pick<
  ImportedSets<Set>,
  'parts' | 'classNames' | 'columns'
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
  const { source, size, channels, fit, background, labelColumn, uses, missing } = config;
  return { source, size, channels, fit, background, labelColumn, uses, missing };
}

/**
 * The dataset of a person's own files, cut as a config says: in a page, in a program and on the command line the same images in
 * the same order, and so the same weights.
 *
 * Files that name no parts are split as `fromArrays` splits. With a `validation`, so many images are held out to choose the epoch
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
  const dataset = cut(sets, { limit, count });
  return learnsFromAll ? trainOnAll(dataset) : dataset;
}

function cut(
  { parts: { train, test, validation = test }, classNames, columns }: ImportedData<Examples>,
  { limit, count }: { limit: number | undefined; count: number | undefined },
): Dataset<Examples> {
  const about = { name: 'arrays', ...(classNames && { classNames }), ...(columns && { columns }) };
  if (validation) {
    const dataset = limitDataset({ ...about, train, validation, ...(test && { test }) }, limit);
    return count === undefined ? dataset : holdOut(dataset, count);
  }
  if (count === undefined) return limitDataset({ ...about, ...splitImages(train) }, limit);
  return { ...about, ...splitImages(fewerImages(train, limit ?? train.count), { validationCount: count }) };
}
