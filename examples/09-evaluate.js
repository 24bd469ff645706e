// Measures one trained model on images it has not seen: the ELBO in parts, and tighter bounds on the likelihood.
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { digitsDataset } from '@latentkit/datasets';
import { createModel } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import { evaluateLoss, train } from '@latentkit/trainers';

await startWasmBackend();
const accelerator = await createAccelerator();
const dataset = digitsDataset({ train: 4000, validation: 500 });
const hidden = { type: 'mlp', hidden: [256], activation: 'relu' };
const likelihood = { type: 'bernoulli', output: 'sigmoid' };
const image = dataset.train.shape;
const model = createModel({ kind: 'vae', image, latentDim: 5, encoder: hidden, decoder: hidden, likelihood });
let weights;
for await (const event of train({ model, dataset, epochs: 8, batchSize: 100, seed: 1, accelerator })) {
  if (event.type === 'end') weights = event.weights;
}

const measure = (spec) =>
  evaluateLoss(createObjective(model, spec), weights, dataset.validation, { accelerator, seed: 1 });
const { loss, reconstruction, kl } = await measure({ type: 'elbo' });
console.log(
  `negative ELBO ${loss.toFixed(2)} = ${reconstruction.toFixed(2)} + KL ${kl.toFixed(2)} nats an image`,
);
for (const samples of [1, 5, 50]) {
  const bound = await measure({ type: 'iwae', samples }); // Burda et al. (2016): closer to -log p(x) as samples grow
  console.log(`with ${samples} importance samples: ${bound.loss.toFixed(2)}`);
}
await accelerator.close();
