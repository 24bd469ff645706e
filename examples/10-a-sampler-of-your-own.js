// Draws new images from an autoencoder that has no prior: near the codes of known images. Walks from one to another, too.
import { writeFile } from 'node:fs/promises';
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { createRandom, Stream } from '@latentkit/core';
import { digitsDataset } from '@latentkit/datasets';
import { drawSamples } from '@latentkit/figures';
import { createModel, createTrainedModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';

await startWasmBackend();
const accelerator = await createAccelerator();
const dataset = digitsDataset({ train: 6000, validation: 500 });
const hidden = { type: 'mlp', hidden: [256], activation: 'relu' };
const likelihood = { type: 'bernoulli', output: 'sigmoid' };
const [image, latentDim] = [dataset.train.shape, 8];
const nets = { encoder: hidden, decoder: hidden };
const model = createModel({ kind: 'autoencoder', image, latentDim, ...nets, likelihood });
let trained; // a plain autoencoder has no prior: sample() would refuse
for await (const event of train({ model, dataset, epochs: 8, batchSize: 100, seed: 1, accelerator })) {
  if (event.type === 'end') trained = createTrainedModel(model.spec, event.weights);
}
await accelerator.close();

const { mean: codes } = trained.encode(dataset.train.images); // [6000, latent]
const random = createRandom({ seed: 1, stream: Stream.sample });
const between = (a, b, t) => a.map((value, d) => value + t * (b[d] - value));
const known = () => codes.slice(latentDim * random.integer(6000)).subarray(0, latentDim);
const rows = { drawn: () => between(known(), known(), 0.25) };
const [from, to] = [known(), known()];
rows.walk = (_, i) => between(from, to, i / 9);
for (const [name, code] of Object.entries(rows)) {
  const latent = Float32Array.from(Array.from({ length: 10 }, code).flatMap((values) => [...values]));
  const svg = drawSamples({ images: trained.decode(latent), shape: image, columns: 10 }, { title: name });
  await writeFile(`${name}.svg`, svg);
  console.log(`${name}.svg: ten images`);
}
