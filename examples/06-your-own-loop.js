// Trains without `train`: batches, noise, one update at a time, and a warm-up of beta, all in plain sight.
import { startWasmBackend } from '@latentkit/backend';
import { drawNoise, Stream } from '@latentkit/core';
import { batches, digitsDataset } from '@latentkit/datasets';
import { createModel, parametersToTensors } from '@latentkit/models';
import { createObjective, scalarsAt } from '@latentkit/objectives';
import { createOptimizer, emptySlots, trainStep } from '@latentkit/trainers';
import * as tf from '@tensorflow/tfjs-core';

await startWasmBackend();
const { train: images } = digitsDataset({ train: 3000, validation: 1 });
const hidden = { type: 'mlp', hidden: [128], activation: 'relu' };
const likelihood = { type: 'bernoulli', output: 'sigmoid' };
const model = createModel({
  ...{ kind: 'vae', image: images.shape, latentDim: 5, encoder: hidden, decoder: hidden, likelihood },
});
const epochs = 5;
const beta = { type: 'linear', from: 0, to: 1, epochs: 3 };
const objective = createObjective(model, { type: 'elbo', beta });
const optimizer = createOptimizer({ name: 'adam' });
const seed = 1;

const parameters = parametersToTensors(model.initialize(seed));
let tensors = { parameters, slots: emptySlots(optimizer, parameters) };
let step = 0;
let metrics;
for (let epoch = 0; epoch < epochs; epoch++) {
  const scalars = scalarsAt(objective, epoch, epochs); // the weights of the terms
  for (const batch of batches(images, { batchSize: 100, seed, epoch })) {
    const address = { seed, stream: Stream.latentNoise, step: ++step }; // no draw is used twice
    const { data, shape } = drawNoise(objective.noise, batch.size, address)['noise.z'];
    const x = tf.tensor4d(batch.x.data, batch.x.shape);
    const inputs = { x, 'noise.z': tf.tensor(data, shape) };
    const options = { step, learningRate: 1e-3, scalars };
    ({ metrics, next: tensors } = trainStep(objective, optimizer, tensors, inputs, options));
    tf.dispose(inputs);
  }
  const { reconstruction, kl } = metrics;
  console.log(`${reconstruction.toFixed(1)} + ${scalars['weight.kl'].toFixed(2)} x ${kl.toFixed(1)} nats`);
}
