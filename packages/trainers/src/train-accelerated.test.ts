import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import type { Accelerator } from '@latentkit/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { collectEvents, eventsOf, tinyModel, tinyRun, withoutSeconds } from './testing/tiny-run.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train-options.ts';
import type { EndEvent, TrainingEvent } from './training-event.ts';

let accelerators: Accelerator<Tensor>[];

beforeAll(async () => {
  await startWasmBackend();
  accelerators = [await createAccelerator({ workers: 1 }), await createAccelerator({ workers: 2 })];
});
afterAll(() => Promise.all(accelerators.map((one) => one.close())));

const conv = {
  encoder: { type: 'conv', filters: [3, 5], hidden: [4], activation: 'leakyRelu' },
  decoder: { type: 'conv', filters: [5, 3], activation: 'tanh' },
} as const;

const runs: [string, Partial<TrainOptions>][] = [
  ['a dense VAE', {}],
  ['a convolutional VAE', { model: tinyModel(conv) }],
  ['a convolutional VAE in one batch', { model: tinyModel(conv), batchSize: 22 }],
  ['batches of one', { batchSize: 1, epochs: 1 }],
  ['a plain autoencoder', { model: tinyModel({ kind: 'autoencoder' }) }],
  [
    'a learned sigma, clipped',
    {
      model: tinyModel({ likelihood: { type: 'gaussian', output: 'tanh', sigma: 'learned' } }),
      clip: { value: 5, norm: 1 },
    },
  ],
  ['a fixed sigma', { model: tinyModel({ likelihood: { type: 'gaussian', output: 'linear', sigma: 0.5 } }) }],
  [
    'the mean squared error',
    { model: tinyModel({ likelihood: { type: 'squaredError', output: 'sigmoid', pixels: 'mean' } }) },
  ],
  ['the absolute error', { model: tinyModel({ likelihood: { type: 'absoluteError', output: 'sigmoid' } }) }],
  ['Adamax', { optimizer: { name: 'adamax' } }],
  ['RMSprop', { optimizer: { name: 'rmsprop' } }],
  ['SGD', { optimizer: { name: 'sgd' }, learningRate: 1e-3 }],
  ['momentum', { optimizer: { name: 'sgd', momentum: 0.9 }, learningRate: 1e-3 }],
  ['Nesterov', { optimizer: { name: 'sgd', momentum: 0.9, nesterov: true }, learningRate: 1e-3 }],
  [
    'schedules and coins over more epochs than programs are kept',
    {
      epochs: 12,
      learningRate: { type: 'cosine', from: 0.05, to: 0.001 },
      beta: { type: 'linear', from: 0, to: 2 },
      binarize: 'dynamic',
    },
  ],
];

/** What two equal runs must tell alike. */
function told(events: readonly TrainingEvent[]) {
  const steps = eventsOf(events, 'step');
  const { weights, history, ...end } = events.at(-1) as EndEvent;
  const { slots } = eventsOf(events, 'checkpoint').at(-1)!.checkpoint;
  return { steps, end, weights, slots, history: withoutSeconds(history) };
}

describe.each(runs)('training on an accelerator gives the bytes of training without: %s', (_, change) => {
  it.each([1, 2])('%i workers', async (workers) => {
    const eager = told(await collectEvents(train(tinyRun(change))));
    const accelerator = accelerators[workers - 1]!;
    expect(told(await collectEvents(train({ ...tinyRun(change), accelerator })))).toEqual(eager);
  });
});

describe('training on an accelerator', () => {
  it('carries on from a checkpoint made without one, and the other way round', async () => {
    const whole = told(await collectEvents(train(tinyRun())));
    const [accelerator] = accelerators;
    for (const [first, second] of [
      [undefined, accelerator],
      [accelerator, undefined],
    ]) {
      const begun = await collectEvents(train({ ...tinyRun({ epochs: 1 }), accelerator: first }));
      const { checkpoint } = eventsOf(begun, 'checkpoint').at(-1)!;
      const rest = await collectEvents(train({ ...tinyRun(), checkpoint, accelerator: second }));
      expect(told(rest).weights).toEqual(whole.weights);
    }
  });

  it('throws before an update by a loss that is not finite', async () => {
    const run = { ...tinyRun({ learningRate: 1e30, epochs: 20 }), accelerator: accelerators[0] };
    const events: TrainingEvent[] = [];
    const running = collectEvents(train(run), (event) => void events.push(event));
    await expect(running).rejects.toThrow(expect.objectContaining({ code: 'E_NOT_FINITE' }));
    for (const { loss } of eventsOf(events, 'step')) expect(loss).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  it('takes no more memory, and makes no tensors, over 2,000 steps', async () => {
    const tensors = tf.memory().numTensors;
    const run = { ...tinyRun({ epochs: 400, keep: 'last' }), accelerator: accelerators[0] };
    const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
    let grownByStep20 = 0;
    let steps = 0;
    for await (const event of train(run)) {
      if (event.type !== 'step') continue;
      steps++;
      if (steps === 20) grownByStep20 = grow.mock.calls.length;
    }
    expect(steps).toBe(2000);
    expect(grow.mock.calls.length).toBe(grownByStep20);
    expect(tf.memory().numTensors).toBe(tensors);
    grow.mockRestore();
  });
});
