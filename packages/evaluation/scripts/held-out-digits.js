// One digit held out as the anomaly, ten times: AUROC of every score on MNIST's test images.
//   node packages/evaluation/scripts/held-out-digits.js FOLDER_OF_MNIST [--pixels gaussian|grey|coins] [--net dense|deep|conv|norm]
//     [--latent 2] [--epochs 10] [--samples 16] [--scores elbo,kl] [--digits 0,1] [--workers 2]
// Published by Tonnaer et al. (docs/family.md): Gaussian pixels with sigma 1 / sqrt 2, convolutions, 50 epochs, 128 samples.
import { parseArgs } from 'node:util';
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { limitImages, loadMnist, takeImages } from '@latentkit/datasets';
import { dataDirectory } from '@latentkit/datasets/node';
import { ANOMALY_SCORES, anomalyTask, auroc, createAnomalyDetector } from '@latentkit/evaluation';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';

const text = (value) => ({ type: 'string', default: value });
const {
  positionals: [folder],
  values: given,
} = parseArgs({
  allowPositionals: true,
  options: {
    ...{ pixels: text('gaussian'), net: text('dense'), latent: text('2'), epochs: text('10') },
    ...{ samples: text('16'), digits: text('0,1,2,3,4,5,6,7,8,9'), workers: { type: 'string' } },
    scores: text(ANOMALY_SCORES.map(({ name }) => name).join(',')),
  },
});

const LIKELIHOODS = {
  gaussian: { type: 'gaussian', output: 'sigmoid', sigma: Math.SQRT1_2 },
  grey: { type: 'bernoulli', output: 'sigmoid' },
  coins: { type: 'bernoulli', output: 'sigmoid' },
};
const dense = (hidden) => ({ type: 'mlp', hidden, activation: 'relu' });
const convolutions = { type: 'conv', kernelSize: 3, stride: 2, activation: 'relu' };
/** Those published but for their pooling: strides take its place. */
const normalised = { type: 'residual', blocks: 0, norm: 'batch', activation: 'relu' };
const NETS = {
  dense: { encoder: dense([256, 128]), decoder: dense([128, 256]) },
  deep: { encoder: dense([512, 512, 256]), decoder: dense([256, 512, 512]) },
  norm: {
    encoder: { ...normalised, filters: [32, 64], hidden: [64] },
    decoder: { ...normalised, filters: [64, 32], hidden: [64] },
  },
  conv: {
    encoder: { ...convolutions, filters: [32, 64], hidden: [64] },
    decoder: { ...convolutions, filters: [64, 32], hidden: [64] },
  },
};
/** Fitting a posterior to each image takes its time. */
const MOST_SCORED = { likelihoodRegret: 1000 };
/** Of the ordinary training images one in so many chooses the epoch and is what codes are held against. */
const CLEAN = 12;

const wanted = ANOMALY_SCORES.filter(({ name }) => given.scores.split(',').includes(name));
await startWasmBackend();
const accelerator = await createAccelerator(given.workers ? { workers: Number(given.workers) } : {});
const mnist = await loadMnist({ dataDir: dataDirectory(folder) });
const model = createModel({
  ...{ kind: 'vae', image: mnist.train.shape, latentDim: Number(given.latent) },
  ...NETS[given.net],
  likelihood: LIKELIHOODS[given.pixels],
});
const table = [];
for (const label of given.digits.split(',').map(Number)) {
  const started = performance.now();
  const task = anomalyTask(mnist, { type: 'oneClassHeldOut', label });
  const every = (isClean) => [...Array(task.train.count).keys()].filter((i) => (i % CLEAN === 0) === isClean);
  const [learned, clean] = [false, true].map((isClean) => takeImages(task.train, every(isClean)));
  const options = {
    ...{ epochs: Number(given.epochs), batchSize: 128, seed: 1, learningRate: 0.001 },
    ...(given.pixels === 'coins' && { binarize: 'dynamic' }),
  };
  let weights;
  const dataset = { name: 'mnist', train: learned, validation: clean };
  for await (const event of train({ model, dataset, ...options, accelerator })) {
    if (event.type === 'end') weights = event.weights;
  }
  const row = { digit: label };
  for (const { name } of wanted) {
    const detector = createAnomalyDetector(
      { spec: model.spec, weights, config: { training: options } },
      { score: name, samples: name === 'latentKnn' ? 1 : Number(given.samples), seed: 1, accelerator },
    );
    const test = limitImages(task.test, MOST_SCORED[name] ?? task.test.count);
    if (name === 'latentKnn' || name === 'likelihoodRatio') await detector.fit(clean);
    row[name] = auroc(await detector.scores(test), task.isAnomaly.subarray(0, test.count));
  }
  table.push(row);
  const told = Object.entries(row).map(
    ([name, value]) => `${name} ${name === 'digit' ? value : value.toFixed(4)}`,
  );
  console.log(`${told.join('  ')}  ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
for (const { name } of wanted) {
  console.log(`mean ${name}: ${(table.reduce((sum, row) => sum + row[name], 0) / table.length).toFixed(4)}`);
}
await accelerator.close();
