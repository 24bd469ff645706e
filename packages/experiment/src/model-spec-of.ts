import type { ImageShape } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import type { ModelSpec } from '@latentkit/models';
import type { ExperimentConfig } from './config-schema.ts';

/**
 * A config's model for images of a shape: the dataset decides the shape, the config the rest.
 *
 * @example
 * const model = createModel(modelSpecOf(config, dataset.train.shape));
 */
export function modelSpecOf(config: Pick<ExperimentConfig, 'model'>, image: ImageShape): ModelSpec {
  checkValue('modelSpecOf', 'config', config, having('a config', { model: 'object' }));
  return { ...config.model, image };
}
