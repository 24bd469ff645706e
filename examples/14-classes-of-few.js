// Learns to tell ten digits apart from a hundred labels: a VAE of all images, then a classifier that stands on its codes (M1 + M2).
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { digitsDataset, labelSome } from '@latentkit/datasets';
import { createModel, createTrainedModel, encodeDataset } from '@latentkit/models';
import { train } from '@latentkit/trainers';

await startWasmBackend();
const accelerator = await createAccelerator();
const dataset = digitsDataset({ train: 6000, validation: 1000 });
const net = (...hidden) => ({ type: 'mlp', hidden, activation: 'relu' });

async function fit(spec, of, epochs) {
  const model = createModel({ image: of.train.shape, ...spec });
  const run = train({ model, dataset: of, epochs, batchSize: 100, seed: 1, keep: 'last', accelerator });
  for await (const event of run) {
    if (event.type === 'epoch' && event.valAccuracy !== undefined)
      console.log(`epoch ${event.epoch}: ${(100 * (1 - event.valAccuracy)).toFixed(1)}% wrong`);
    if (event.type === 'end') return createTrainedModel(model.spec, event.weights);
  }
}

const bernoulli = { type: 'bernoulli', output: 'sigmoid' };
const nets = { encoder: net(256), decoder: net(256) };
const m1 = await fit({ kind: 'vae', latentDim: 20, ...nets, likelihood: bernoulli }, dataset, 15);

const hundred = { ...dataset, train: labelSome(dataset.train, { labels: 100, share: 0.1 }) };
const codes = await encodeDataset(m1, hundred); // [20] numbers an image
const gaussian = { type: 'gaussian', output: 'linear', sigma: 'learned' };
const classes = { kind: 'semiSupervised', condition: { classes: 10 } };
const m2 = await fit({ ...classes, latentDim: 10, ...nets, likelihood: gaussian }, codes, 10);
await accelerator.close();

const [label] = codes.validation.labels;
const probabilities = m2.classify(codes.validation.images.subarray(0, 20)); // of the first image
console.log(`It is a ${probabilities.indexOf(Math.max(...probabilities))}, label ${label}`);
