// Turns digits into 16 codes of a codebook each, says what they take, and draws new digits by a mixture fitted to such codes.
import { writeFile } from 'node:fs/promises';
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { digitsDataset } from '@latentkit/datasets';
import { drawSamples, plotCodebookUse } from '@latentkit/figures';
import { codeSizeOf, createModel, createTrainedModel, fitGaussianMixture } from '@latentkit/models';
import { train } from '@latentkit/trainers';

await startWasmBackend();
const accelerator = await createAccelerator();
const dataset = digitsDataset({ train: 2000, validation: 500 });
const net = (filters) => ({ type: 'conv', filters, activation: 'relu' });
const codebook = { size: 64, decay: 0.9 };
const model = createModel({
  ...{ kind: 'vq', image: dataset.train.shape, latentDim: 4, codebook },
  ...{ encoder: net([8, 16, 16]), decoder: net([16, 16, 8]) },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
});
let trained;
for await (const event of train({ model, dataset, epochs: 8, batchSize: 50, seed: 1, accelerator })) {
  if (event.type === 'epoch')
    console.log(`${event.valLoss.toFixed(1)}, ${event.valPerplexity.toFixed(1)} codes`);
  if (event.type === 'end') trained = createTrainedModel(model.spec, event.weights);
}
await accelerator.close();

const { mean, codes } = trained.encode(dataset.train.images);
const each = codes.length / 2000;
console.log(
  `An image is ${each} codes of ${Math.log2(codebook.size)} bits: ${codes.subarray(0, each).join(' ')}`,
);
const counts = new Uint32Array(codebook.size);
for (const code of codes) counts[code]++;
await writeFile('use.svg', plotCodebookUse({ counts }));
const from = fitGaussianMixture(mean, { latentDim: codeSizeOf(model.spec), components: 10, seed: 1 });
const images = trained.sample({ count: 20, seed: 1, from });
await writeFile('samples.svg', drawSamples({ images, shape: dataset.train.shape, columns: 10 }));
