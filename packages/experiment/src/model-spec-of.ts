import type { ImageShape } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import type { TableColumn } from '@latentkit/core/table';
import type { ModelSpec } from '@latentkit/models';
import type { ExperimentConfig } from './config-schema.ts';

/**
 * A config's model for images of a shape: the dataset decides the shape, and of a table the columns; the config the rest.
 *
 * @example
 * const model = createModel(modelSpecOf(config, dataset.train.shape, dataset.columns));
 */
export function modelSpecOf(
  config: Pick<ExperimentConfig, 'model'>,
  image: ImageShape,
  columns?: readonly TableColumn[],
): ModelSpec {
  checkValue('modelSpecOf', 'config', config, having('a config', { model: 'object' }));
  const { likelihood } = config.model;
  if (likelihood?.type !== 'columns' || !columns) return { ...config.model, image };
  return { ...config.model, likelihood: { ...likelihood, columns }, image };
}

/**
 * The columns of a model of a table; undefined for a model of images.
 *
 * @example
 * const columns = tableColumnsOf(run.spec); // [{ type: 'gaussian', name: 'age', mean: 41.2, deviation: 12.9 }, ...]
 */
export function tableColumnsOf(spec: Pick<ModelSpec, 'likelihood'>): readonly TableColumn[] | undefined {
  checkValue('tableColumnsOf', 'spec', spec, having("a model's spec", { likelihood: 'object' }));
  const { likelihood } = spec;
  return likelihood.type === 'columns' ? likelihood.columns : undefined;
}
