// Scores images by how badly a VAE of ordinary ones explains them: each image's negative ELBO, in nats.
import { startWasmBackend } from '@latentkit/backend';
import { normalRows, Stream } from '@latentkit/core';
import { batches, digitsDataset } from '@latentkit/datasets';
import { createModel } from '@latentkit/models';
import { createObjective, evaluationProgram, openEagerSession } from '@latentkit/objectives';
import { train } from '@latentkit/trainers';

await startWasmBackend();
const dataset = digitsDataset({ train: 4000, validation: 100 });
const hidden = { type: 'mlp', hidden: [256], activation: 'relu' };
const likelihood = { type: 'bernoulli', output: 'sigmoid' };
const image = dataset.train.shape;
const model = createModel({ kind: 'vae', image, latentDim: 8, encoder: hidden, decoder: hidden, likelihood });
let session;
for await (const event of train({ model, dataset, epochs: 8, batchSize: 100 })) {
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: ${event.valLoss.toFixed(1)} nats an image`);
  if (event.type === 'end') session = openEagerSession({ parameters: event.weights, slots: {} });
}

const [{ x, size }] = batches(dataset.validation, { batchSize: 100, shuffle: false });
const ordinary = x.data;
const noise = { shape: [size, 8], data: normalRows(size, 8, { seed: 1, stream: Stream.sample }) };
const program = evaluationProgram(createObjective(model));
async function scores(pixels) {
  const inputs = { x: { ...x, data: pixels }, 'noise.z': noise };
  const { reconstruction, kl } = await session.run(program, { inputs });
  return reconstruction.data.map((nats, i) => nats + kl.data[i]); // [batch]
}
const unusual = {
  ordinary,
  'upside down': ordinary.map((_, i) => ordinary[i - (i % 784) + 783 - (i % 784)]),
  'crossed out': ordinary.map((ink, i) => (Math.abs((i % 28) - Math.floor((i % 784) / 28)) < 2 ? 1 : ink)),
  inverted: ordinary.map((ink) => 1 - ink),
};
const median = (values) => values.toSorted()[Math.floor(values.length / 2)];
for (const [name, pixels] of Object.entries(unusual))
  console.log(`${name}: ${median(await scores(pixels)).toFixed(0)}`);
