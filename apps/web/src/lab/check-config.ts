import { acceleratorMemory } from '@latentkit/backend';
import { formatBytes, type ImageShape, LatentkitError } from '@latentkit/core';
import { describeFields } from '@latentkit/core/fields';
import { DATASETS } from '@latentkit/datasets';
import { configSchema, type ExperimentConfig, modelSpecOf, parseConfig } from '@latentkit/experiment/config';
import { createModel } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import { batchRoom, largestBatch, type RoomOptions } from '@latentkit/trainers';
import { whyNotOnAPage } from '../state/obstacles.ts';
import { faultOf } from './fault.ts';
import type { CheckedConfig } from './messages.ts';

/** A config's fields, and the first that cannot be. */
export function checkConfig(given: unknown): CheckedConfig {
  // No epoch at all is what a model has that was made elsewhere: here one is to be trained.
  const fields = describeFields(configSchema, given).map((field) =>
    field.path === 'training.epochs' ? { ...field, least: 1 } : field,
  );
  try {
    const config = parseConfig(given);
    if (config.training.epochs < 1) {
      throw new LatentkitError(
        'E_CONFIG',
        'config: training.epochs must be a whole number of at least 1, got 0',
      );
    }
    const why = whyNotOnAPage(config);
    if (why) throw why;
    // What columns there are, only reading tells.
    if (config.model.likelihood?.type === 'columns') return { fields };
    const shape =
      DATASETS.find(({ name }) => name === config.dataset.name)?.shape ?? shapeOfOwn(config.dataset);
    if (!shape) return { fields };
    const model = createModel(modelSpecOf(config, shape));
    return { fields, parameters: parametersOf(model), ...checkBatch(config, model) };
  } catch (error) {
    return { fields, fault: faultOf(error) };
  }
}

/** As large as most people's batches are. */
const USUAL_BATCH = 256;
const memory = acceleratorMemory();

/** What decides how much memory a training by a config takes, beside its batches. */
export const roomOf = ({ optimizer, players, clip }: ExperimentConfig['training']): RoomOptions => ({
  memory,
  optimizer,
  ...(players && { players }),
  ...(clip && { clip }),
});

/** What `train` would refuse when it begins is said before, with the largest batch that would do. */
function checkBatch(
  { training, objective: given, dataset: { limit } }: ExperimentConfig,
  model: ReturnType<typeof createModel>,
): Pick<CheckedConfig, 'fault' | 'fits'> {
  // How many there are is not known here; an objective that needs some has enough.
  const objective = createObjective(model, given, { examples: limit ?? Number.MAX_SAFE_INTEGER });
  const { batchSize } = training;
  const options = roomOf(training);
  const images = limit ?? Number.POSITIVE_INFINITY;
  const count = (value: number) => value.toLocaleString('en');
  if (batchSize > images) {
    const message = `a batch of ${count(batchSize)} images is more than the ${count(images)} that are learned from`;
    return { fault: { message, code: 'E_RANGE' }, fits: Math.min(USUAL_BATCH, images) };
  }
  const { bytes, most } = batchRoom(objective, batchSize, { ...options, ...(limit && { images: limit }) });
  if (bytes <= most) return {};
  const fits = largestBatch(objective, options);
  const message = `no room for batches of ${count(batchSize)} images: they take ${formatBytes(bytes)} of memory, of at most ${formatBytes(most)}`;
  return { fault: { message, code: 'E_LIMIT' }, ...(fits > 0 && { fits }) };
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
