import type { NamedArrays } from '@latentkit/core';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';
import { makeDataset } from './make-dataset.ts';
import { MODELS } from './models.ts';

/** Trains every model for a few steps on the current backend: the SHA-256 of each one's weights. */
export async function trainAndHash(): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const [name, spec] of Object.entries(MODELS)) {
    const run = train({
      model: createModel(spec),
      dataset: makeDataset(),
      epochs: 2,
      batchSize: 32,
      seed: 7,
      keep: 'last',
    });
    for await (const event of run) {
      if (event.type === 'end') hashes[name] = await hashWeights(event.weights);
    }
  }
  return hashes;
}

/** Web Crypto, which pages, workers and Node share. */
async function hashWeights(weights: NamedArrays): Promise<string> {
  const arrays = Object.keys(weights)
    .sort()
    .map((name) => weights[name]!.data);
  const all = new Float32Array(arrays.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const array of arrays) {
    if (!array.every(Number.isFinite)) throw new Error('the weights are not finite');
    all.set(array, at);
    at += array.length;
  }
  const digest = await crypto.subtle.digest('SHA-256', all);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
