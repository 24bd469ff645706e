import { startWasmBackend } from '@latentkit/backend';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectEvents, tinyModel, tinyRun } from './testing/tiny-run.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train-options.ts';
import type { TrainingEvent } from './training-event.ts';

beforeAll(() => startWasmBackend());

/** The backend's own count too: tfjs forgets about data that a kernel took and never gave back. */
function memory() {
  const { numTensors, numBytes, numDataBuffers } = tf.memory();
  return { numTensors, numBytes, numDataBuffers, backend: tf.backend().numDataIds() };
}

const models = {
  'a dense VAE': {},
  'a convolutional VAE with a learned sigma': {
    model: tinyModel({
      encoder: { type: 'conv', filters: [2], activation: 'leakyRelu' },
      decoder: { type: 'conv', filters: [2], activation: 'tanh' },
      likelihood: { type: 'gaussian', output: 'sigmoid', sigma: 'learned' },
    }),
    clip: { value: 1, norm: 1 },
  },
} satisfies Record<string, Partial<TrainOptions>>;

describe.each(Object.entries(models))('%s', (_, change) => {
  it('holds the same tensors after 200 steps as after 2, and none after the end', async () => {
    const before = memory();
    const during: ReturnType<typeof memory>[] = [];
    const run = tinyRun({ ...change, epochs: 100, batchSize: 11, learningRate: 1e-3 });
    await collectEvents(train(run), ({ type }) => {
      if (type === 'step') during.push(memory());
    });
    expect(during.length).toBe(200);
    expect(during.at(-1)).toEqual(during[1]);
    expect(memory()).toEqual(before);
  });

  it.each(['start', 'step', 'epoch', 'checkpoint', 'end'])(
    'frees its tensors on a break at %s',
    async (type) => {
      const before = memory();
      for await (const event of train(tinyRun(change))) if (event.type === type) break;
      expect(memory()).toEqual(before);
    },
  );

  it('frees its tensors when the loop around it throws', async () => {
    const before = memory();
    const fail = (event: TrainingEvent) => {
      if (event.type === 'step' && event.step === 7) throw new Error('mine');
    };
    await expect(collectEvents(train(tinyRun(change)), fail)).rejects.toThrow('mine');
    expect(memory()).toEqual(before);
  });
});

it('makes no tensors before it is asked for an event', () => {
  const before = memory();
  train(tinyRun());
  expect(memory()).toEqual(before);
});
