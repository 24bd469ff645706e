// Saves a model as two files, loads it again, as a page would from a URL or a drop, and goes on training from its weights.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { startWasmBackend } from '@latentkit/backend';
import { digitsDataset } from '@latentkit/datasets';
import { createModel } from '@latentkit/models';
import { loadModel, saveModel } from '@latentkit/models/saved';
import { train } from '@latentkit/trainers';

await startWasmBackend();
const dataset = digitsDataset({ train: 2000, validation: 200 });
const hidden = { type: 'mlp', hidden: [128], activation: 'relu' };
const likelihood = { type: 'bernoulli', output: 'sigmoid' };
const image = dataset.train.shape;
const spec = { kind: 'vae', image, latentDim: 4, encoder: hidden, decoder: hidden, likelihood };

/** Trains for two epochs, from given weights or from fresh ones. */
async function fit(weights) {
  for await (const event of train({ model: createModel(spec), dataset, weights, epochs: 2, batchSize: 50 })) {
    if (event.type === 'epoch') console.log(`epoch ${event.epoch}: ${event.valLoss.toFixed(1)} nats`);
    if (event.type === 'end') return event.weights;
  }
}

console.log('from fresh weights');
const files = saveModel({ spec, weights: await fit() });
await mkdir('model');
for (const [name, bytes] of Object.entries(files)) await writeFile(`model/${name}`, bytes);

// In a page: loadModel('https://example.org/model/'), or a record of the dropped files by name.
const names = ['model.json', 'model.safetensors'];
const dropped = await Promise.all(names.map(async (name) => [name, await readFile(`model/${name}`)]));
const loaded = await loadModel(Object.fromEntries(dropped));
console.log('sampled from the file:', loaded.sample({ count: 4, seed: 1 }).length, 'numbers');

console.log('from the saved weights');
await fit(loaded.weights);
