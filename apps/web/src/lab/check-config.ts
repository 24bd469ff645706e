import { describeFields } from '@latentkit/core/fields';
import { DATASETS } from '@latentkit/datasets';
import { configSchema, modelSpecOf, parseConfig } from '@latentkit/experiment/config';
import { createModel } from '@latentkit/models';
import type { CheckedConfig } from './messages.ts';

/** A config's fields, and the first that cannot be. */
export function checkConfig(given: unknown): CheckedConfig {
  const fields = describeFields(configSchema, given);
  try {
    const config = parseConfig(given, 'This setting');
    const shape = DATASETS.find(({ name }) => name === config.dataset.name)?.shape;
    return { fields, ...(shape && { parameters: parametersOf(createModel(modelSpecOf(config, shape))) }) };
  } catch (error) {
    return { fields, fault: (error as Error).message };
  }
}

function parametersOf({ parameterShapes }: ReturnType<typeof createModel>): number {
  return Object.values(parameterShapes).reduce(
    (sum, shape) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  );
}
