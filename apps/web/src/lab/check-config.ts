import type { ImageShape } from '@latentkit/core';
import { describeFields } from '@latentkit/core/fields';
import { DATASETS } from '@latentkit/datasets';
import { configSchema, type ExperimentConfig, modelSpecOf, parseConfig } from '@latentkit/experiment/config';
import { createModel } from '@latentkit/models';
import type { CheckedConfig } from './messages.ts';

/** A config's fields, and the first that cannot be. */
export function checkConfig(given: unknown): CheckedConfig {
  const fields = describeFields(configSchema, given);
  try {
    const config = parseConfig(given, 'This setting');
    const shape =
      DATASETS.find(({ name }) => name === config.dataset.name)?.shape ?? shapeOfOwn(config.dataset);
    return { fields, ...(shape && { parameters: parametersOf(createModel(modelSpecOf(config, shape))) }) };
  } catch (error) {
    return { fields, fault: (error as Error).message };
  }
}

/** That of a person's own files, where the config says it. */
function shapeOfOwn(dataset: ExperimentConfig['dataset']): ImageShape | undefined {
  if (dataset.name !== 'arrays' || dataset.size === undefined || dataset.channels === undefined)
    return undefined;
  return { height: dataset.size, width: dataset.size, channels: dataset.channels };
}

function parametersOf({ parameterShapes }: ReturnType<typeof createModel>): number {
  return Object.values(parameterShapes).reduce(
    (sum, shape) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  );
}
