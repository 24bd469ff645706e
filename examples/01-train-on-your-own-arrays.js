// Trains a VAE on images of your own, numbers from 0 to 1, and draws one beside its reconstruction.
import { startWasmBackend } from '@latentkit/backend';
import { fromArrays } from '@latentkit/datasets';
import { createModel, parametersToTensors } from '@latentkit/models';
import { train } from '@latentkit/trainers';
import * as tf from '@tensorflow/tfjs-core';

// Your images, one after the other, row by row. Here: 2,000 blurred discs of 12 x 12 pixels.
const shape = { height: 12, width: 12, channels: 1 };
const pixels = new Float32Array(2000 * 144).map((_, i) => {
  const [image, y, x] = [Math.floor(i / 144), Math.floor((i % 144) / 12), i % 12];
  const [top, left] = [3 + (image % 7), 3 + (Math.floor(image / 7) % 7)];
  return 1 / (1 + Math.exp(2 * (Math.hypot(y - top, x - left) - 2.5)));
});

await startWasmBackend();
const likelihood = { type: 'bernoulli', output: 'sigmoid' };
const dense = { type: 'mlp', hidden: [128], activation: 'relu' };
const spec = { kind: 'vae', image: shape, latentDim: 2, encoder: dense, decoder: dense, likelihood };
const model = createModel(spec);
const dataset = fromArrays(pixels, shape);
let weights = model.initialize(0);
for await (const event of train({ model, dataset, epochs: 20, batchSize: 50, learningRate: 3e-3 })) {
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: ${event.loss.toFixed(2)} nats an image`);
  if (event.type === 'end') weights = event.weights;
}

const parameters = parametersToTensors(weights);
const image = dataset.validation.images.slice(0, 144);
const { mean } = model.encode(parameters, tf.tensor4d(image, [1, 12, 12, 1]));
const reconstruction = model.likelihood.mean(model.decode(parameters, mean)).dataSync();
const shade = (value) => ' .:-=+*#%@'[Math.round(value * 9)].repeat(2);
for (let start = 0; start < 144; start += 12) {
  const row = (values) => Array.from(values.slice(start, start + 12), shade).join('');
  console.log(`${row(image)} | ${row(reconstruction)}`);
}
