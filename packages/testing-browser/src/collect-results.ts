import type { NamedArrays } from '@latentkit/core';
import { generateDigits } from '@latentkit/datasets';
import { createModel } from '@latentkit/models';
import { mapAndHash } from '@latentkit/same-bits';
import { train } from '@latentkit/trainers';
import { drawFigures } from './draw-figures.ts';
import { hashBytes } from './hash-bytes.ts';
import { makeDataset } from './make-dataset.ts';
import { mapInWorker } from './map-in-worker.ts';
import { MODELS } from './models.ts';

/** What must be the same everywhere. */
export interface Results {
  /** SHA-256 of the drawn digits' pixels, of each trained model's weights and of each map. */
  hashes: Record<string, string>;
  /** Figures that were drawn. */
  figures: string[];
}

/** Draws digits, trains every model for a few steps on the current backend, and draws its figures. */
export async function collectResults(): Promise<Results> {
  const { images } = generateDigits({ count: 200 });
  const hashes: Record<string, string> = { digits: await hashBytes(new Uint8Array(images)) };
  const figures: string[] = [];
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
      if (event.type !== 'end') continue;
      hashes[name] = await hashWeights(event.weights);
      figures.push(...(await drawFigures(spec, event)));
    }
  }
  const maps = { ...(await mapAndHash()), 'umap in a worker': await mapInWorker() };
  return { hashes: { ...hashes, ...maps }, figures };
}

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
  return hashBytes(all);
}
