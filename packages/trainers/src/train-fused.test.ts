import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { afterAll, describe, expect, it } from 'vitest';
import { collectEvents, eventsOf, tinyModel, tinyRun, withoutSeconds } from './testing/tiny-run.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train-options.ts';
import type { EndEvent } from './training-event.ts';

await startWasmBackend();
const accelerator = await createAccelerator({ workers: 1 });
afterAll(() => accelerator.close());

/** The recipes' layers, small; with 8 channels or more transposed convolutions are computed another way. */
const conv = (activation: 'relu' | 'leakyRelu' | 'tanh') =>
  tinyModel({
    encoder: { type: 'conv', filters: [8, 9], hidden: [4], activation },
    decoder: { type: 'conv', filters: [9, 16], activation },
  });
const squaredError = { type: 'squaredError', output: 'sigmoid' } as const;

const models = {
  'a convolutional VAE with ReLU': conv('relu'),
  'a convolutional VAE with LeakyReLU': conv('leakyRelu'),
  'a convolutional VAE with tanh': conv('tanh'),
  'a dense Bernoulli VAE': tinyModel(),
  'a dense VAE of squared errors': tinyModel({ likelihood: squaredError }),
};

async function trained(options: TrainOptions) {
  const events = await collectEvents(train(options));
  const { weights, history } = events.at(-1) as EndEvent;
  const { slots } = eventsOf(events, 'checkpoint').at(-1)!.checkpoint;
  return { steps: eventsOf(events, 'step'), weights, slots, history: withoutSeconds(history) };
}

describe.each(Object.entries(models))('fused operations give the bytes of single ones: %s', (_, model) => {
  it.each([1, 3, 9, 17])('in batches of %d', async (batchSize) => {
    const run = tinyRun({ model, batchSize, epochs: 2 });
    expect(await trained({ ...run, accelerator })).toStrictEqual(await trained(run));
  });
});
