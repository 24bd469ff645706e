import { LatentkitError } from '@latentkit/core';
import { scheduleAt } from './schedule.ts';
import type { TrainOptions } from './train-options.ts';

/** Throws `E_RANGE` or `E_USAGE` for options that no run can have, before anything is computed. */
export function checkTrainOptions(options: TrainOptions): void {
  const { model, dataset, epochs, batchSize, learningRate = 1e-3, beta = 1, checkpoint, seed = 0 } = options;
  requireWhole('epochs', epochs);
  requireWhole('batchSize', batchSize);
  const { count } = dataset.train;
  if (batchSize > count) {
    throw new LatentkitError(
      'E_RANGE',
      `train: the batch size ${batchSize} exceeds the ${count} training images`,
      {
        fix: `Use a batch size of at most ${count}`,
      },
    );
  }
  for (const [name, value] of [
    ['learningRate', scheduleAt(learningRate, 0)],
    ['beta', scheduleAt(beta, 0)],
  ] as const) {
    if (!Number.isFinite(value) || value < 0) {
      throw new LatentkitError('E_RANGE', `train: ${name} must be a number of at least 0, got ${value}`);
    }
  }
  for (const set of [dataset.train, dataset.validation]) {
    const expected = [model.spec.image.height, model.spec.image.width, model.spec.image.channels];
    const got = [set.shape.height, set.shape.width, set.shape.channels];
    if (expected.join() !== got.join()) {
      throw new LatentkitError(
        'E_SHAPE',
        `train: the model reads images of [${expected}], the dataset has [${got}]`,
        {
          fix: 'Make the model with image: dataset.train.shape',
        },
      );
    }
  }
  if (checkpoint && checkpoint.progress.seed !== seed) {
    throw new LatentkitError(
      'E_USAGE',
      `train: the checkpoint was made with seed ${checkpoint.progress.seed}, not ${seed}`,
    );
  }
}

function requireWhole(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new LatentkitError('E_RANGE', `train: ${name} must be a whole number of at least 1, got ${value}`);
}
