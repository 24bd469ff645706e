// Trains a VAE that is told each digit's class, and draws a digit of the class that it is asked for.
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { digitsDataset } from '@latentkit/datasets';
import { createModel, createTrainedModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';

await startWasmBackend();
const accelerator = await createAccelerator();
const dataset = digitsDataset({ train: 6000, validation: 500 });
const hidden = { type: 'mlp', hidden: [256], activation: 'relu' };
const model = createModel({
  ...{ kind: 'vae', image: dataset.train.shape, latentDim: 4, encoder: hidden, decoder: hidden },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
  condition: { classes: 10 },
});
let trained;
for await (const event of train({ model, dataset, epochs: 10, batchSize: 100, seed: 1, accelerator })) {
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: ${event.valLoss.toFixed(1)} nats an image`);
  if (event.type === 'end') trained = createTrainedModel(model.spec, event.weights);
}
await accelerator.close();

// One code, three classes: the code holds what the class leaves open (slant, width, thickness).
const asked = [3, 5, 8];
const images = trained.decode(new Float32Array(asked.length * 4), { label: asked }); // the prior's centre
const shade = (ink) => ' .:-=+*#%@'[Math.round(ink * 9)];
for (let y = 2; y < 26; y += 2) {
  const rows = asked.map((_, i) => images.slice(i * 784 + y * 28 + 4, i * 784 + y * 28 + 24));
  console.log(rows.map((row) => Array.from(row, shade).join('')).join('   '));
}
console.log(trained.sample({ count: 5, seed: 1, label: 7 }).length, 'numbers: five sevens of other styles');
