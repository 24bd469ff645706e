import { useWasmBackend } from '@latentkit/backend';
import { parametersToTensors } from '@latentkit/models';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateLoss } from './evaluate-loss.ts';
import { createObjective } from './objective.ts';
import { tinyDataset, tinyModel } from './testing/tiny-run.ts';

beforeAll(() => useWasmBackend());

const set = tinyDataset().train;
const setUp = (change = {}) => {
  const model = tinyModel(change);
  return [createObjective(model), parametersToTensors(model.initialize(1))] as const;
};

describe('evaluateLoss', () => {
  it('is the mean over the images whatever the batch size', () => {
    const run = setUp();
    const whole = evaluateLoss(...run, set, { beta: 2 });
    for (const batchSize of [1, 4, 7, 21, 22]) {
      const parts = evaluateLoss(...run, set, { beta: 2, batchSize });
      expectClose(
        [parts.loss, parts.reconstruction, parts.kl!],
        [whole.loss, whole.reconstruction, whole.kl!],
        { relative: 1e-6 },
      );
    }
  });

  it('weighs each image alike', () => {
    const run = setUp();
    const part = (first: number, count: number) => ({
      ...set,
      count,
      images: set.images.subarray(first * 12, (first + count) * 12),
    });
    // The divergence needs no noise, so the parts can be put together.
    const [a, b] = [evaluateLoss(...run, part(0, 20)), evaluateLoss(...run, part(20, 2))];
    expectClose([evaluateLoss(...run, set).kl!], [(20 * a.kl! + 2 * b.kl!) / 22], { relative: 1e-6 });
  });

  it('draws the same noise at each call, another one for another seed', () => {
    const run = setUp();
    expect(evaluateLoss(...run, set, { seed: 3 })).toEqual(evaluateLoss(...run, set, { seed: 3 }));
    expect(evaluateLoss(...run, set, { seed: 4 }).reconstruction).not.toBe(
      evaluateLoss(...run, set, { seed: 3 }).reconstruction,
    );
    expect(evaluateLoss(...run, set, { seed: 4 }).kl).toBe(evaluateLoss(...run, set, { seed: 3 }).kl);
  });

  it('weighs the divergence with beta, 1 by default', () => {
    const run = setUp();
    const { reconstruction, kl, loss } = evaluateLoss(...run, set);
    expect(loss).toBe(reconstruction + kl!);
    expect(evaluateLoss(...run, set, { beta: 4 })).toEqual({
      reconstruction,
      kl,
      loss: reconstruction + 4 * kl!,
    });
  });

  it('has no divergence for a plain autoencoder', () => {
    const metrics = evaluateLoss(...setUp({ kind: 'autoencoder' }), set, { beta: 9 });
    expect(metrics).toEqual({ loss: metrics.reconstruction, reconstruction: metrics.reconstruction });
  });

  it('draws coins once and for all where pixels are binarised', () => {
    const run = setUp();
    const coins = evaluateLoss(...run, set, { binarize: 'fixed' });
    expect(evaluateLoss(...run, set, { binarize: 'fixed', batchSize: 3 }).kl).toBeCloseTo(coins.kl!, 5);
    expect(coins.kl).not.toBe(evaluateLoss(...run, set).kl);
  });

  it('leaves no tensors behind', () => {
    const run = setUp();
    const before = tf.memory();
    evaluateLoss(...run, set, { batchSize: 4 });
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
  });

  it('refuses a set without images', () => {
    expect(() => evaluateLoss(...setUp(), { ...set, count: 0 })).toThrow(/batch size/);
  });
});
