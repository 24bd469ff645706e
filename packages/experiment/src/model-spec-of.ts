import type { ImageShape } from '@latentkit/core';
import type { ModelSpec } from '@latentkit/models';
import type { ExperimentConfig } from './config-schema.ts';

/**
 * A config's model for images of a shape: the dataset decides the shape, the config the rest.
 *
 * @example
 * const model = createModel(modelSpecOf(config, dataset.train.shape));
 */
export function modelSpecOf({ model }: Pick<ExperimentConfig, 'model'>, image: ImageShape): ModelSpec {
  return { ...model, image };
}
