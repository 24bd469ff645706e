import '@tensorflow/tfjs-backend-cpu';
import { startWasmBackend } from '@latentkit/backend';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { collectEvents, eventsOf, tinyModel, tinyRun } from './testing/tiny-run.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train-options.ts';

const convolutional = tinyModel({
  encoder: { type: 'conv', filters: [3], activation: 'leakyRelu' },
  decoder: { type: 'conv', filters: [3], activation: 'leakyRelu' },
});

async function lossesOn(backend: 'cpu' | 'wasm', options: TrainOptions): Promise<number[]> {
  if (backend === 'cpu') await tf.setBackend('cpu');
  else await startWasmBackend();
  const events = await collectEvents(train(options));
  expect(tf.getBackend()).toBe(backend);
  return [...eventsOf(events, 'step'), ...eventsOf(events, 'epoch')].map(({ loss }) => loss);
}

it.each<[string, Partial<TrainOptions>]>([
  ['a dense VAE', {}],
  ['a convolutional VAE', { model: convolutional }],
  ['a plain autoencoder', { model: tinyModel({ kind: 'autoencoder' }) }],
])("trains on tfjs's cpu backend as on Latentkit's, but for rounding: %s", async (_, change) => {
  const options = tinyRun(change);
  expectClose(await lossesOn('cpu', options), await lossesOn('wasm', options), { relative: 1e-4 });
});
