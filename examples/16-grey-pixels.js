// Models of grey pixels whose losses are probabilities of 256 levels, so that they compare; samples of the better one.
import { writeFile } from 'node:fs/promises';
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { digitsDataset } from '@latentkit/datasets';
import { drawSamples } from '@latentkit/figures';
import { createModel, createTrainedModel, fitGaussianMixture } from '@latentkit/models';
import { saveSampler } from '@latentkit/models/saved';
import { train } from '@latentkit/trainers';

await startWasmBackend();
const accelerator = await createAccelerator();
const dataset = digitsDataset({ train: 2000, validation: 500 });
const { shape: image, images } = dataset.train;
const hidden = { type: 'mlp', hidden: [256], activation: 'relu' };
const runs = [];
for (const type of ['discretisedLogistic', 'betaBinomial']) {
  const likelihood = { type, output: 'sigmoid' }; // each has a second head on the decoder: a scale, a concentration
  const nets = { encoder: hidden, decoder: hidden };
  const model = createModel({ kind: 'vae', image, latentDim: 5, ...nets, likelihood });
  const averaging = { decay: 0.99 }; // of the weights over the last hundred steps: judged, and kept
  for await (const event of train({
    model,
    dataset,
    epochs: 5,
    batchSize: 100,
    seed: 1,
    averaging,
    accelerator,
  })) {
    if (event.type === 'alarm') console.log(`${event.message}. ${event.fix}.`);
    if (event.type !== 'end') continue;
    const { valLoss, valAveraged } = event.history.at(-1);
    runs.push({ model, weights: event.weights, nats: valAveraged });
    const bits = (nats) => (nats / (784 * Math.LN2)).toFixed(3);
    console.log(`${type}: ${bits(valAveraged)} bits a pixel at most; without averaging ${bits(valLoss)}`);
  }
}
await accelerator.close();

const [best] = runs.sort((a, b) => a.nats - b.nats);
const trained = createTrainedModel(best.model.spec, best.weights);
const from = fitGaussianMixture(trained.encode(images).mean, { latentDim: 5, components: 10, seed: 1 });
const drawn = trained.sample({ count: 40, seed: 1, from });
await writeFile(
  'samples.svg',
  drawSamples({ images: drawn, shape: image, columns: 10 }, { title: 'Samples' }),
);
await writeFile('mixture.safetensors', saveSampler(from));
console.log(`samples.svg: of a mixture of ten, ${from.logLikelihood.toFixed(2)} nats a code`);
