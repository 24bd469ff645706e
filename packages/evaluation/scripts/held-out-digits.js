// One digit held out as the anomaly, ten times: AUROC of every score on MNIST's test images, by dense VAEs of two latent dimensions.
//   node packages/evaluation/scripts/held-out-digits.js FOLDER_OF_MNIST [epochs] [scores, as elbo,kl] [digits, as 0,1]
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { limitImages, loadMnist, takeImages } from '@latentkit/datasets';
import { dataDirectory } from '@latentkit/datasets/node';
import { ANOMALY_SCORES, anomalyTask, auroc, createAnomalyDetector } from '@latentkit/evaluation';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';

const all = ANOMALY_SCORES.map(({ name }) => name).join(',');
const [folder, epochs = '8', scores = all, digits = '0,1,2,3,4,5,6,7,8,9'] = process.argv.slice(2);
const wanted = ANOMALY_SCORES.filter(({ name }) => scores.split(',').includes(name));
const REGRETTED = 1000; // of the test images: fitting a posterior to each takes its time
await startWasmBackend();
const accelerator = await createAccelerator();
const mnist = await loadMnist({ dataDir: dataDirectory(folder) });
const net = (sizes) => ({ type: 'mlp', hidden: sizes, activation: 'relu' });
const model = createModel({
  ...{ kind: 'vae', image: mnist.train.shape, latentDim: 2 },
  ...{ encoder: net([256, 128]), decoder: net([128, 256]) },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
});
const table = [];
for (const label of digits.split(',').map(Number)) {
  const started = performance.now();
  const task = anomalyTask(mnist, { type: 'oneClassHeldOut', label });
  const learned = takeImages(
    task.train,
    [...Array(task.train.count).keys()].filter((i) => i % 12 !== 0),
  );
  const clean = takeImages(
    task.train,
    [...Array(task.train.count).keys()].filter((i) => i % 12 === 0),
  );
  const dataset = { name: 'mnist', train: learned, validation: clean };
  const options = {
    epochs: Number(epochs),
    batchSize: 128,
    seed: 1,
    learningRate: 0.001,
    binarize: 'dynamic',
  };
  let weights;
  for await (const event of train({ model, dataset, ...options, accelerator })) {
    if (event.type === 'end') weights = event.weights;
  }
  const row = { digit: label };
  for (const { name } of wanted) {
    const detector = createAnomalyDetector(
      { spec: model.spec, weights, config: { training: options } },
      { score: name, samples: 1, seed: 1, accelerator },
    );
    const test = name === 'likelihoodRegret' ? limitImages(task.test, REGRETTED) : task.test;
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
