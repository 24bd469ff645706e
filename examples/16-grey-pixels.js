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
const [hidden, latentDim] = [{ type: 'mlp', hidden: [256], activation: 'relu' }, 5];
const parts = { kind: 'vae', image, latentDim, encoder: hidden, decoder: hidden };
const options = { dataset, epochs: 4, batchSize: 50, seed: 1, averaging: { decay: 0.95 }, accelerator };
let best = { nats: Number.POSITIVE_INFINITY };
for (const type of ['discretisedLogistic', 'betaBinomial']) {
  // Each has a second head on the decoder: a scale, or a concentration.
  const model = createModel({ ...parts, likelihood: { type, output: 'sigmoid' } });
  for await (const event of train({ ...options, model })) {
    if (event.type === 'alarm') console.log(`${event.message}. ${event.fix}.`);
    if (event.type !== 'end') continue;
    const nats = event.history.at(-1).valAveraged; // of the averaged weights, which are those that it gives
    if (nats < best.nats) best = { nats, spec: model.spec, weights: event.weights };
    console.log(`${type}: ${(nats / (784 * Math.LN2)).toFixed(3)} bits a pixel at most`);
  }
}
await accelerator.close();

const trained = createTrainedModel(best.spec, best.weights);
const from = fitGaussianMixture(trained.encode(images).mean, { latentDim, components: 10, seed: 1 });
const drawn = { images: trained.sample({ count: 40, seed: 1, from }), shape: image, columns: 10 };
await writeFile('samples.svg', drawSamples(drawn, { title: 'Samples of a mixture' }));
await writeFile('mixture.safetensors', saveSampler(from));
console.log(`samples.svg: of a mixture of ten, ${from.logLikelihood.toFixed(2)} nats a code`);
