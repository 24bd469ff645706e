import { startWasmBackend } from '@latentkit/backend';
import { createObjective } from '@latentkit/objectives';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyDataset, tinyModel } from '../testing/tiny-run.ts';
import { evaluateLoss } from './evaluate-loss.ts';

beforeAll(() => startWasmBackend());

const set = tinyDataset().train;
const setUp = (change = {}) => {
  const model = tinyModel(change);
  return [createObjective(model), model.initialize(1)] as const;
};

/** A clock so fast that each batch is followed by a turn of the event loop. */
const clock = () => {
  let time = 0;
  return () => (time += 1000);
};

describe('evaluateLoss', () => {
  it('is the mean over the images whatever the batch size', async () => {
    const run = setUp();
    const whole = await evaluateLoss(...run, set, {
      scalars: { 'weight.reconstruction': 1, 'weight.kl': 2 },
    });
    for (const batchSize of [1, 4, 7, 21, 22]) {
      const parts = await evaluateLoss(...run, set, {
        scalars: { 'weight.reconstruction': 1, 'weight.kl': 2 },
        batchSize,
      });
      expectClose(
        [parts.loss, parts.reconstruction!, parts.kl!],
        [whole.loss, whole.reconstruction!, whole.kl!],
        { relative: 1e-6 },
      );
    }
  });

  it('weighs each image alike', async () => {
    const run = setUp();
    const part = (first: number, count: number) => ({
      ...set,
      count,
      images: set.images.subarray(first * 12, (first + count) * 12),
    });
    // The divergence needs no noise, so the parts can be put together.
    const [a, b] = [await evaluateLoss(...run, part(0, 20)), await evaluateLoss(...run, part(20, 2))];
    expectClose([(await evaluateLoss(...run, set)).kl!], [(20 * a.kl! + 2 * b.kl!) / 22], { relative: 1e-6 });
  });

  it('draws the same noise at each call, another one for another seed', async () => {
    const run = setUp();
    expect(await evaluateLoss(...run, set, { seed: 3 })).toEqual(
      await evaluateLoss(...run, set, { seed: 3 }),
    );
    expect((await evaluateLoss(...run, set, { seed: 4 })).reconstruction).not.toBe(
      (await evaluateLoss(...run, set, { seed: 3 })).reconstruction,
    );
    expect((await evaluateLoss(...run, set, { seed: 4 })).kl).toBe(
      (await evaluateLoss(...run, set, { seed: 3 })).kl,
    );
  });

  it('weighs the divergence as its scalars say, by 1 without them', async () => {
    const run = setUp();
    const { reconstruction, kl, loss } = await evaluateLoss(...run, set);
    expect(loss).toBe(reconstruction! + kl!);
    const weighed = { reconstruction, kl, loss: reconstruction! + 4 * kl! };
    expect(await evaluateLoss(...run, set, { scalars: { 'weight.kl': 4 } })).toEqual(weighed);
    await expect(evaluateLoss(...run, set, { scalars: { 'weight.k': 4 } })).rejects.toMatchObject({
      code: 'E_UNKNOWN_NAME',
      fix: "Did you mean 'weight.kl'?",
    });
  });

  it('has no divergence for a plain autoencoder', async () => {
    const metrics = await evaluateLoss(...setUp({ kind: 'autoencoder' }), set);
    expect(metrics).toEqual({ loss: metrics.reconstruction, reconstruction: metrics.reconstruction });
  });

  it('draws coins once and for all where pixels are binarised', async () => {
    const run = setUp();
    const coins = await evaluateLoss(...run, set, { binarize: 'fixed' });
    expect((await evaluateLoss(...run, set, { binarize: 'fixed', batchSize: 3 })).kl).toBeCloseTo(
      coins.kl!,
      5,
    );
    expect(coins.kl).not.toBe((await evaluateLoss(...run, set)).kl);
  });

  it('leaves no tensors behind', async () => {
    const run = setUp();
    const before = tf.memory();
    await evaluateLoss(...run, set, { batchSize: 4 });
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
  });

  it('stops between two batches when it is asked to', async () => {
    const controller = new AbortController();
    const asked = evaluateLoss(...setUp(), set, { batchSize: 1, signal: controller.signal, now: clock() });
    controller.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });

  it('refuses fewer images than its objective compares with each other, as training does', async () => {
    const model = tinyModel();
    const objective = createObjective(model, { type: 'infoVae', mmd: 2 });
    const one = { ...set, count: 1, images: set.images.subarray(0, 12) };
    const said = 'evaluateLoss: the objective compares examples with each other: expected';
    await expect(evaluateLoss(objective, model.initialize(1), one)).rejects.toMatchObject({
      code: 'E_RANGE',
      message: `${said} images of a set of at least 2, got 1`,
    });
    await expect(evaluateLoss(objective, model.initialize(1), set, { batchSize: 1 })).rejects.toMatchObject({
      code: 'E_RANGE',
      message: `${said} batchSize of at least 2, got 1`,
    });
  });

  it('refuses options that there are not, and what is no objective, set or weights', async () => {
    const [objective, weights] = setUp();
    const call = evaluateLoss as (...all: unknown[]) => Promise<unknown>;
    for (const [given, said] of [
      [[objective, weights, set, { batchsize: 3 }], "Did you mean 'batchSize'?"],
      [
        [objective, weights, set, { binarize: 'dynamic' }],
        "binarize must be 'none' or 'fixed', got 'dynamic'",
      ],
      [[objective, weights, set, null], 'evaluateLoss: options must be an object of scalars,'],
      [[{ type: 'elbo' }, weights, set], 'evaluateLoss: objective must be an objective, got an object'],
      [[objective, null, set], 'evaluateLoss: weights must be an object, got null'],
      [[objective, weights, null], 'evaluateLoss: expected images as { shape, count, images }, got Null'],
      [[], 'evaluateLoss: objective must be an objective, got undefined'],
    ] as const) {
      await expect(call(...given)).rejects.toMatchObject({
        code: expect.stringMatching(/^E_/),
        message: expect.stringContaining(said),
      });
    }
  });

  it('refuses a set without images', async () => {
    await expect(evaluateLoss(...setUp(), { ...set, count: 0 })).rejects.toThrow(
      /the number of images must be/,
    );
  });
});
