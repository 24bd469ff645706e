import { startWasmBackend } from '@latentkit/backend';
import { LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from './checkpoint/checkpoint.ts';
import { tinyDataset, tinyModel, tinyRun } from './testing/tiny-run.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train-options.ts';

beforeAll(() => startWasmBackend());

/** What a run threw, and the checkpoints that it gave before. */
async function blowUp(options: TrainOptions): Promise<{ error: LatentkitError; checkpoints: Checkpoint[] }> {
  const checkpoints: Checkpoint[] = [];
  try {
    for await (const event of train(options))
      if (event.type === 'checkpoint') checkpoints.push(event.checkpoint);
  } catch (error) {
    expect(error).toBeInstanceOf(LatentkitError);
    return { error: error as LatentkitError, checkpoints };
  }
  throw new Error('the run did not fail');
}

const holdsNumbers = ({ weights, slots }: Checkpoint) =>
  [...Object.values(weights), ...Object.values(slots)].every(({ data }) => data.every(Number.isFinite));

describe('a run that blows up', () => {
  it('says what the loss became, where, and what to do; and frees its tensors', async () => {
    const before = tf.memory();
    const { error } = await blowUp(tinyRun({ optimizer: { name: 'sgd' }, learningRate: 1e9 }));
    expect(error.code).toBe('E_NOT_FINITE');
    expect(error.message).toMatch(
      /^train: the loss became (NaN|Infinity) at step \d \(reconstruction .*, kl .*, learning rate 1000000000\)/,
    );
    expect(error.fix).toMatch(/Lower the learning rate, clip the gradients/);
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
  });

  it('leaves the checkpoints before it good to go on from', async () => {
    const learningRate = { type: 'exponential', from: 1e-3, rate: 1e6 } as const;
    const run = tinyRun({ optimizer: { name: 'sgd' }, learningRate });
    const { error, checkpoints } = await blowUp(run);
    expect(error.code).toBe('E_NOT_FINITE');
    expect(checkpoints.length).toBe(1);
    expect(checkpoints.every(holdsNumbers)).toBe(true);
    const calm = { ...run, learningRate: 1e-3, checkpoint: checkpoints[0]! };
    const types: string[] = [];
    for await (const event of train(calm)) types.push(event.type);
    expect(types.at(-1)).toBe('end');
  });

  it('in the last step of an epoch makes no checkpoint of what is left', async () => {
    // One batch an epoch: the update is what ruins the weights, after a loss that was fine.
    const run = tinyRun({ optimizer: { name: 'sgd' }, learningRate: 1e38, batchSize: 22 });
    const { error, checkpoints } = await blowUp(run);
    expect(error.code).toBe('E_NOT_FINITE');
    expect(error.message).toMatch(/^train: the validation loss became (NaN|Infinity) after epoch 1/);
    expect(checkpoints).toEqual([]);
  });

  it('in the step before an abort makes no checkpoint of what is left either', async () => {
    const controller = new AbortController();
    // A rate no float32 holds: the update's product overflows.
    const run = tinyRun({ optimizer: { name: 'sgd' }, learningRate: 1e39, signal: controller.signal });
    const checkpoints: Checkpoint[] = [];
    const consume = async () => {
      for await (const event of train(run)) {
        if (event.type === 'step') controller.abort();
        if (event.type === 'checkpoint') checkpoints.push(event.checkpoint);
      }
    };
    await expect(consume()).rejects.toThrow(/^train: the weights '.*' are not finite at step 1/);
    expect(checkpoints).toEqual([]);
  });

  it('never begins with NaN among the pixels', async () => {
    const dataset = tinyDataset();
    const images = Float32Array.from(dataset.train.images, (byte) => byte / 255);
    images[17] = Number.NaN;
    const model = tinyModel({ likelihood: { type: 'squaredError', output: 'sigmoid' } });
    const { error } = await blowUp(
      tinyRun({ model, dataset: { ...dataset, train: { ...dataset.train, images } } }),
    );
    expect(error.code).toBe('E_NOT_FINITE');
    expect(error.message).toBe(
      'train: train images: expected finite pixels, got NaN at index 17 (image 1, row 1, column 2)',
    );
  });
});
