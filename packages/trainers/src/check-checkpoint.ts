import { LatentkitError, type NamedArrays } from '@latentkit/core';
import type { ParameterShapes } from '@latentkit/models';
import type { Checkpoint } from './checkpoint.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import { slotShapes } from './optimizers/slot-shapes.ts';

/** The run that a checkpoint is to carry on. */
export interface CheckpointUser {
  seed: number;
  parameterShapes: ParameterShapes;
  optimizer: Optimizer;
  batchCount: number;
}

/**
 * Makes sure that a checkpoint is of this run: its seed, model, optimizer and batches.
 *
 * @throws `E_USAGE` naming what differs.
 */
export function checkCheckpoint(
  { progress, weights, slots, bestWeights }: Checkpoint,
  { seed, parameterShapes, optimizer, batchCount }: CheckpointUser,
): void {
  if (progress.seed !== seed) {
    throw new LatentkitError(
      'E_USAGE',
      `train: the checkpoint was made with seed ${progress.seed}, not ${seed}`,
    );
  }
  if (progress.batch > batchCount) {
    throw new LatentkitError(
      'E_USAGE',
      `train: the checkpoint stands at batch ${progress.batch} of an epoch, which now has ${batchCount}`,
      { fix: 'Go on with the batch size and images that it was made with' },
    );
  }
  checkArrays('weights', 'model', weights, parameterShapes);
  checkArrays('best weights', 'model', bestWeights, parameterShapes);
  checkArrays('slots', 'optimizer', slots, slotShapes(optimizer, parameterShapes));
}

function checkArrays(what: string, owner: string, arrays: NamedArrays, shapes: ParameterShapes): void {
  const describe = (shape: readonly number[] | undefined) => (shape ? `[${shape.join(', ')}]` : 'none');
  for (const name of new Set([...Object.keys(shapes), ...Object.keys(arrays)])) {
    const [expected, got] = [describe(shapes[name]), describe(arrays[name]?.shape)];
    if (expected === got) continue;
    throw new LatentkitError(
      'E_USAGE',
      `train: the checkpoint's ${what} are of another ${owner}: expected '${name}' ${expected}, got ${got}`,
    );
  }
}
