import type { ImageShape } from '@latentkit/core';
import { describeFields } from '@latentkit/core/fields';
import { DATASETS } from '@latentkit/datasets';
import { configSchema, type ExperimentConfig, modelSpecOf, parseConfig } from '@latentkit/experiment/config';
import { createModel } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import { largestBatch } from '@latentkit/trainers';
import { faultOf } from './fault.ts';
import type { CheckedConfig } from './messages.ts';

/** A config's fields, and the first that cannot be. */
export function checkConfig(given: unknown): CheckedConfig {
  const fields = describeFields(configSchema, given);
  try {
    const config = parseConfig(given);
    const shape =
      DATASETS.find(({ name }) => name === config.dataset.name)?.shape ?? shapeOfOwn(config.dataset);
    if (!shape) return { fields };
    const model = createModel(modelSpecOf(config, shape));
    return { fields, parameters: parametersOf(model), ...checkBatch(config, model) };
  } catch (error) {
    return { fields, fault: faultOf(error) };
  }
}

/** A batch that fits is no larger than most people's. */
const USUAL_BATCH = 256;

/** What `train` would refuse when it begins is said before. */
function checkBatch(
  { training: { batchSize }, objective, dataset: { limit } }: ExperimentConfig,
  model: ReturnType<typeof createModel>,
): Pick<CheckedConfig, 'fault' | 'fits'> {
  const most = largestBatch(createObjective(model, objective, { examples: 2 })); // any number of them does
  const images = limit ?? Number.POSITIVE_INFINITY;
  if (batchSize <= most && batchSize <= images) return {};
  const [batch, room, all] = [batchSize, most, images].map((count) => count.toLocaleString('en'));
  const message =
    batchSize > images
      ? `a batch of ${batch} images is more than the ${all} that are learned from`
      : `no room for batches of ${batch} images: this network's widest layer takes ${room} at most`;
  return {
    fault: { message, code: batchSize > images ? 'E_RANGE' : 'E_LIMIT' },
    fits: Math.min(USUAL_BATCH, most, images),
  };
}

/** That of a person's own files, where the config says it. */
function shapeOfOwn(dataset: ExperimentConfig['dataset']): ImageShape | undefined {
  if (dataset.name !== 'arrays') return undefined;
  const { size, channels } = dataset;
  if (size === undefined || channels === undefined || channels === 'auto') return undefined;
  const { width, height } = typeof size === 'number' ? { width: size, height: size } : size;
  return { height, width, channels };
}

function parametersOf({ parameterShapes }: ReturnType<typeof createModel>): number {
  return Object.values(parameterShapes).reduce(
    (sum, shape) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  );
}
