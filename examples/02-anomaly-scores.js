// Scores images by how badly a VAE of ordinary ones explains them: each image's negative ELBO, in nats.
import { createAccelerator } from '@latentkit/backend';
import { digitsDataset } from '@latentkit/datasets';
import { createModel } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import { evaluateEach, train } from '@latentkit/trainers';

const accelerator = await createAccelerator();
const dataset = digitsDataset({ train: 4000, validation: 100 });
const hidden = { type: 'mlp', hidden: [256], activation: 'relu' };
const likelihood = { type: 'bernoulli', output: 'sigmoid' };
const image = dataset.train.shape;
const model = createModel({ kind: 'vae', image, latentDim: 8, encoder: hidden, decoder: hidden, likelihood });
let weights;
for await (const event of train({ model, dataset, epochs: 8, batchSize: 100, accelerator })) {
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: ${event.valLoss.toFixed(1)} nats an image`);
  if (event.type === 'end') weights = event.weights;
}

const { images: ordinary, shape, count } = dataset.validation; // bytes
const unusual = {
  ordinary,
  'upside down': ordinary.map((_, i) => ordinary[i - (i % 784) + 783 - (i % 784)]),
  'crossed out': ordinary.map((ink, i) => (Math.abs((i % 28) - Math.floor((i % 784) / 28)) < 2 ? 255 : ink)),
  inverted: ordinary.map((ink) => 255 - ink),
};
const median = (values) => values.toSorted()[Math.floor(values.length / 2)];
for (const [name, images] of Object.entries(unusual)) {
  const { loss } = await evaluateEach(
    createObjective(model),
    weights,
    { shape, count, images },
    { accelerator },
  );
  console.log(`${name}: ${median(loss).toFixed(0)}`); // loss: a number an image, Float64Array
}
await accelerator.close();
