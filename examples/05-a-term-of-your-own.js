// Adds a term of one's own to the loss: the L1 norm of the codes, which leaves most of each code near zero.
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { registerGradients } from '@latentkit/backend/gradients';
import { digitsDataset } from '@latentkit/datasets';
import { createModel, createTrainedModel } from '@latentkit/models';
import { createObjective, reconstruction } from '@latentkit/objectives';
import { train } from '@latentkit/trainers';
import * as tf from '@tensorflow/tfjs-core';

await startWasmBackend();
registerGradients(); // of tfjs's own operations, for terms made of them
const accelerator = await createAccelerator(); // the term is recorded with the rest and runs on all cores
const dataset = digitsDataset({ train: 3000, validation: 500 });
const hidden = { type: 'mlp', hidden: [128], activation: 'relu' };
const likelihood = { type: 'bernoulli', output: 'sigmoid' };
const image = dataset.train.shape;
const spec = { kind: 'autoencoder', image, latentDim: 16, encoder: hidden, decoder: hidden, likelihood };
const model = createModel(spec);

/** A number an example, `[batch]`, of what a pass has computed. */
const sparsity = (weight) => ({
  ...{ name: 'sparsity', title: 'L1 norm of the code', unit: '', per: 'example', weight },
  evaluate: ({ code }) => tf.sum(tf.abs(code), 1), // [batch, latent] -> [batch]
});

for (const weight of [0, 3]) {
  const objective = createObjective(model, { terms: [reconstruction(), sparsity(weight)] });
  for await (const event of train({ model, objective, dataset, epochs: 6, batchSize: 100, accelerator })) {
    if (event.type !== 'end') continue;
    const row = event.history.at(-1);
    const trained = createTrainedModel(spec, event.weights);
    const { mean } = trained.encode(dataset.validation.images);
    const small = mean.filter((value) => Math.abs(value) < 0.1).length / mean.length;
    console.log(
      `weight ${weight}: reconstruction ${row.valReconstruction.toFixed(1)} nats, ` +
        `L1 ${row.valSparsity.toFixed(1)}, ${(100 * small).toFixed(0)}% of the codes' numbers below 0.1`,
    );
  }
}
await accelerator.close();
