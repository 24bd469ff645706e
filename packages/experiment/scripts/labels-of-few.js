// M1 + M2 of Kingma et al. 2014 on MNIST: a VAE of all images, then the semi-supervised model on its codes, and the test error after
// each epoch, of so many `samples` of each code. Settings are those below, as JSON.
//   node packages/experiment/scripts/labels-of-few.js FOLDER_OF_MNIST ['{"labels":1000}']
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { labelSome, loadMnist } from '@latentkit/datasets';
import { dataDirectory } from '@latentkit/datasets/node';
import { createModel, encodeDataset, openTrainedModel } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import { train } from '@latentkit/trainers';

const [folder, given = '{}'] = process.argv.slice(2);
const settings = {
  ...{ labels: 100, share: 0.1, samples: 20, labelSeed: 0, seed: 1, workers: 1 },
  ...{ m1Epochs: 15, m1Hidden: [600, 600], m1Latent: 50, epochs: 2, hidden: [500], latentDim: 50 },
  ...{
    batchSize: 100,
    classification: 5,
    sigma: 'perPixel',
    learningRate: { type: 'cosine', from: 1e-3, to: 1e-4 },
  },
  ...JSON.parse(given),
};
console.log(JSON.stringify(settings));

await startWasmBackend();
const accelerator = await createAccelerator({ workers: settings.workers });
const mnist = await loadMnist({ dataDir: dataDirectory(folder) });
const net = (hidden) => ({ type: 'mlp', hidden, activation: 'relu' });
const { seed, batchSize } = settings;

const m1 = createModel({
  ...{ kind: 'vae', image: mnist.train.shape, latentDim: settings.m1Latent },
  ...{ encoder: net(settings.m1Hidden), decoder: net(settings.m1Hidden.toReversed()) },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
});
let weights;
const m1Run = { model: m1, dataset: mnist, epochs: settings.m1Epochs, batchSize, seed, accelerator };
const falling = { type: 'cosine', from: 1e-3, to: 1e-5 };
for await (const event of train({ ...m1Run, learningRate: falling, binarize: 'dynamic', keep: 'last' })) {
  if (event.type === 'epoch') {
    console.log(`M1 epoch ${event.epoch}: ${event.valLoss.toFixed(2)} nats, ${event.seconds.toFixed(0)} s`);
  }
  if (event.type === 'end') weights = event.weights;
}

const { labels, share, labelSeed } = settings;
const some = { ...mnist, train: labelSome(mnist.train, { labels, share, seed: labelSeed }) };
const trained = await openTrainedModel(m1.spec, weights, { accelerator });
const codes = await encodeDataset(trained, some, { samples: settings.samples });
await trained.dispose();
const m2 = createModel({
  ...{ kind: 'semiSupervised', condition: { classes: 10 }, image: codes.train.shape },
  ...{ latentDim: settings.latentDim, encoder: net(settings.hidden), decoder: net(settings.hidden) },
  likelihood: { type: 'gaussian', output: 'linear', sigma: settings.sigma },
});
const { classification, epochs, learningRate } = settings;
const objective = createObjective(m2, { type: 'semiSupervised', classification });
const m2Run = { model: m2, dataset: codes, objective, epochs, batchSize, learningRate, seed, accelerator };
for await (const event of train({ ...m2Run, keep: 'last' })) {
  if (event.type !== 'epoch') continue;
  const wrong = 100 * (1 - event.valAccuracy);
  console.log(
    `M2 epoch ${event.epoch}: ${wrong.toFixed(2)}% of the test images wrong, ${event.seconds.toFixed(0)} s`,
  );
}
await accelerator.close();
