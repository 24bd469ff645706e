// One digit held out as the anomaly, ten times: AUROC of scores on the nine digits' test images and, with `--odd train`, as published,
// all training images of the digit; with `--odd test` its test images.
//   node packages/evaluation/scripts/held-out-digits.js FOLDER_OF_MNIST|drawn [--pixels gaussian|unexplained|perPixel|grey|coins] [--net norm|narrow|deep|dense|conv]
//     [--latent 2] [--epochs 20] [--rate 0.003] [--last 1e-5] [--seed 1] [--samples 16] [--odd train|test] [--scores elbo,kl] [--digits 0,1] [--workers 2] [--fused]
// Published by Tonnaer et al. (docs/family.md): Gaussian pixels with sigma 1 / sqrt 2, convolutions, 50 epochs, 128 samples.
import { parseArgs } from 'node:util';
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { digitsDataset, limitImages, loadMnist, takeImages } from '@latentkit/datasets';
import { dataDirectory } from '@latentkit/datasets/node';
import { ANOMALY_SCORES, auroc, createAnomalyDetector } from '@latentkit/evaluation';
import { fused } from '@latentkit/kernels/nn-fused';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';

const text = (value) => ({ type: 'string', default: value });
const {
  positionals: [folder],
  values: given,
} = parseArgs({
  allowPositionals: true,
  options: {
    ...{ pixels: text('gaussian'), net: text('narrow'), latent: text('2'), epochs: text('20') },
    ...{ rate: text('0.003'), last: text('1e-5'), seed: text('1'), odd: text('train') },
    ...{ samples: text('16'), digits: text('0,1,2,3,4,5,6,7,8,9'), workers: { type: 'string' } },
    fused: { type: 'boolean', default: false },
    scores: text(ANOMALY_SCORES.map(({ name }) => name).join(',')),
  },
});

const LIKELIHOODS = {
  gaussian: { type: 'gaussian', output: 'sigmoid', sigma: Math.SQRT1_2 },
  // A third more than the squared error at the variance of a mean digit, which is 73 / 784.
  unexplained: { type: 'unexplainedVariance', output: 'sigmoid', weight: 98 },
  perPixel: { type: 'gaussian', output: 'sigmoid', sigma: 'perPixel' },
  grey: { type: 'bernoulli', output: 'sigmoid' },
  coins: { type: 'bernoulli', output: 'sigmoid' },
};
const dense = (hidden, activation = 'relu') => ({ type: 'mlp', hidden, activation });
const convolutions = { type: 'conv', kernelSize: 3, stride: 2, activation: 'relu' };
/** Those published but for their pooling: strides take its place. */
const normalised = { type: 'residual', blocks: 0, norm: 'batch', activation: 'relu' };
const NETS = {
  dense: { encoder: dense([256, 128]), decoder: dense([128, 256]) },
  /** As narrow before the code as those published, deep where the plane of codes is folded into images. */
  narrow: {
    encoder: dense([256, 128, 64], 'leakyRelu'),
    decoder: dense([64, 64, 128, 128, 256], 'leakyRelu'),
  },
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
const MOST_SCORED = { likelihoodRegret: 500 };
/** Of the ordinary training images one in so many chooses the epoch and is what codes are held against. */
const CLEAN = 12;

/** The digits that Latentkit draws, in MNIST's places. */
function drawnDigits() {
  const { train, validation } = digitsDataset();
  return { train, test: validation };
}

const indicesWhere = (labels, isWanted) => [...labels.keys()].filter((i) => isWanted(labels[i], i));
const imagesWhere = (set, isWanted) => takeImages(set, indicesWhere(set.labels, isWanted));

const wanted = ANOMALY_SCORES.filter(({ name }) => given.scores.split(',').includes(name));
await startWasmBackend();
const accelerator = await createAccelerator({
  ...(given.workers && { workers: Number(given.workers) }),
  ...(given.fused && { arithmetic: fused }),
});
const mnist = folder === 'drawn' ? drawnDigits() : await loadMnist({ dataDir: dataDirectory(folder) });
const model = createModel({
  ...{ kind: 'vae', image: mnist.train.shape, latentDim: Number(given.latent) },
  ...NETS[given.net],
  likelihood: LIKELIHOODS[given.pixels],
});
const table = [];
for (const label of given.digits.split(',').map(Number)) {
  const started = performance.now();
  const isOrdinary = (digit) => digit !== label;
  const nine = imagesWhere(mnist.train, isOrdinary);
  const [clean, learned] = [true, false].map((isClean) =>
    takeImages(
      nine,
      indicesWhere(nine.labels, (_, i) => (i % CLEAN === 0) === isClean),
    ),
  );
  const sets = [
    imagesWhere(mnist.test, isOrdinary),
    imagesWhere(given.odd === 'test' ? mnist.test : mnist.train, (digit) => digit === label),
  ];
  const options = {
    ...{ epochs: Number(given.epochs), batchSize: 128, seed: Number(given.seed) },
    learningRate: { type: 'cosine', from: Number(given.rate), to: Number(given.last) },
    ...(given.fused && { arithmetic: 'fused' }),
    ...(given.pixels === 'coins' && { binarize: 'dynamic' }),
  };
  let weights;
  let fit;
  const dataset = { name: 'mnist', train: learned, validation: clean };
  for await (const event of train({ model, dataset, ...options, accelerator })) {
    if (event.type === 'epoch') fit = event;
    if (event.type === 'end') weights = event.weights;
  }
  const row = { digit: label };
  for (const { name } of wanted) {
    const detector = createAnomalyDetector(
      { spec: model.spec, weights, config: { training: options } },
      {
        score: name,
        samples: name === 'latentKnn' ? 1 : Number(given.samples),
        seed: Number(given.seed),
        accelerator,
      },
    );
    if (name === 'latentKnn' || name === 'likelihoodRatio') await detector.fit(clean);
    const scores = [];
    for (const set of sets) {
      scores.push(
        await detector.scores(limitImages(set, Math.min(MOST_SCORED[name] ?? set.count, set.count))),
      );
    }
    const isAnomaly = scores.flatMap((of, i) => Array.from(of, () => i));
    row[name] = auroc(Float64Array.from(scores.flatMap((of) => [...of])), Uint8Array.from(isAnomaly));
  }
  table.push(row);
  const told = Object.entries(row).map(
    ([name, value]) => `${name} ${name === 'digit' ? value : value.toFixed(4)}`,
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(
    `${told.join('  ')}  (validation: reconstruction ${fit.valReconstruction.toFixed(2)}, KL ${fit.valKl.toFixed(2)})  ${seconds} s`,
  );
}
for (const { name } of wanted) {
  console.log(`mean ${name}: ${(table.reduce((sum, row) => sum + row[name], 0) / table.length).toFixed(4)}`);
}
await accelerator.close();
