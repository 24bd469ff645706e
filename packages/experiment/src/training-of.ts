import type { Dataset, Examples } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import { createModel } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import type { TrainOptions } from '@latentkit/trainers';
import type { ExperimentConfig } from './config-schema.ts';
import { modelSpecOf } from './model-spec-of.ts';

/**
 * What a config has `train` of `@latentkit/trainers` do, to the same bits in Node and in pages.
 *
 * @throws `E_CONFIG`, `E_SHAPE`, `E_LIMIT` for a model that cannot be.
 * @example
 * for await (const event of train({ ...trainingOf(config, dataset), accelerator })) show(event);
 */
export function trainingOf(config: ExperimentConfig, dataset: Dataset<Examples>) {
  checkValue('trainingOf', 'config', config, having('a config', { model: 'object', training: 'object' }));
  checkValue('trainingOf', 'dataset', dataset, having('a dataset', { train: 'object' }));
  const model = createModel(modelSpecOf(config, dataset.train.shape, dataset.columns));
  const objective = createObjective(model, config.objective, { examples: dataset.train.count });
  const { arithmetic = 'strict' } = config.training;
  return { model, dataset, objective, ...config.training, arithmetic } satisfies TrainOptions;
}
