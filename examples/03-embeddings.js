// Embeds images with a VAE's encoder, then labels each by the nearest one in the latent space.
import { startWasmBackend } from '@latentkit/backend';
import { batches, digitsDataset } from '@latentkit/datasets';
import { createModel, parametersToTensors } from '@latentkit/models';
import { train } from '@latentkit/trainers';
import * as tf from '@tensorflow/tfjs-core';

await startWasmBackend();
const dataset = digitsDataset({ train: 4000, validation: 500 });
const hidden = { type: 'mlp', hidden: [256], activation: 'relu' };
const likelihood = { type: 'bernoulli', output: 'sigmoid' };
const image = dataset.train.shape;
const model = createModel({ kind: 'vae', image, latentDim: 8, encoder: hidden, decoder: hidden, likelihood });
let parameters = {};
for await (const event of train({ model, dataset, epochs: 8, batchSize: 100 })) {
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: ${event.valLoss.toFixed(1)} nats an image`);
  if (event.type === 'end') parameters = parametersToTensors(event.weights);
}

/** The mean codes of a set, an array each; the variances are not needed. */
function embed(set) {
  const codes = [];
  for (const { x } of batches(set, { batchSize: 500, shuffle: false })) {
    const { mean } = model.encode(parameters, tf.tensor4d(x.data, x.shape));
    codes.push(...mean.arraySync()); // [batch, latent]
  }
  return codes;
}
const known = embed(dataset.train);
const distance = (a, b) => a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);
const correct = embed(dataset.validation).filter((code, i) => {
  const distances = known.map((other) => distance(code, other));
  const nearest = distances.indexOf(Math.min(...distances));
  return dataset.train.labels[nearest] === dataset.validation.labels[i];
});
console.log(`the nearest of 4,000 codes has the right label for ${correct.length} of 500 digits`);
