import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const NET = { type: 'mlp', hidden: [16], activation: 'relu' };

/** A sweep by halving of runs that take a tenth of a second each: 6 have 1 epoch, 3 have 2, and 1 has 4. */
export const SMALL_SWEEP = {
  recipe: 'digits-dense',
  config: {
    dataset: { limit: 40 },
    model: { encoder: NET, decoder: NET },
    training: { batchSize: 20 },
    figures: [{ name: 'loss-curves' }],
  },
  ranges: { latentDim: [2, 3], learningRate: { log: [1e-4, 3e-2] }, beta: { from: 0.5, to: 4 } },
  strategy: { type: 'halving', eta: 2 },
  budget: { trials: 6, epochs: 4 },
};

const RESULTS = ['table.csv', 'table.md', 'best/1/model.safetensors', 'best/1/config.json'];

/** What a sweep comes to, to the byte: its tables and its best run. */
export const sweepResults = (folder: string) =>
  RESULTS.map((name) => readFileSync(join(folder, name)).toString('base64'));
