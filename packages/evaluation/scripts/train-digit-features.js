// Trains the classifier whose features the metric `frechet` compares, on drawn digits, and writes its weights:
//   node packages/evaluation/scripts/train-digit-features.js [FOLDER_OF_MNIST, to be judged by alone]
// The same bits on any machine: a convolutional encoder of 8 and 16 filters to 32 features, and a linear layer to ten classes, which is
// not kept. Weights are whole numbers from -127 to 127, a scale a tensor.
import { writeFile } from 'node:fs/promises';
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { permutation, pixelsToFloats, Stream } from '@latentkit/core';
import { generateDigits, loadMnist } from '@latentkit/datasets';
import { dataDirectory } from '@latentkit/datasets/node';
import { sha256Hex } from '@latentkit/formats';
import { logSumExp, multiply, scale, subtract, sum } from '@latentkit/losses/ops';
import { createDenseNet, createModel, createTrainedModel } from '@latentkit/models';
import { createOptimizer } from '@latentkit/trainers';
import * as tf from '@tensorflow/tfjs-core';
import { FEATURES, FEATURES_SPEC, packFeatures, unpackFeatures } from '../dist/frechet/digit-features.js';

const [IMAGES, EPOCHS, BATCH, CLASSES, SEED] = [20_000, 6, 128, 10, 1];
const [folder] = process.argv.slice(2);
await startWasmBackend();
const accelerator = await createAccelerator();
const model = createModel(FEATURES_SPEC);
const head = createDenseNet(
  'head',
  { type: 'mlp', hidden: [], activation: 'relu' },
  { inputs: FEATURES, outputs: CLASSES },
);
const encoder = Object.fromEntries(
  Object.entries(model.initialize(SEED)).filter(([name]) => name.startsWith('encoder.')),
);
const parameters = { ...encoder, ...head.initialize(SEED) };
const names = Object.keys(parameters);

/** Cross-entropy of the classes, and its gradients. */
const program = {
  key: 'classifier',
  trace({ parameters: given, inputs: { x, labels } }) {
    const loss = (...tensors) => {
      const moved = Object.fromEntries(names.map((name, i) => [name, tensors[i]]));
      const logits = head.apply(moved, model.encode(moved, x).mean);
      const right = sum(multiply(logits, labels));
      return scale(sum(subtract(logSumExp(logits), right)), 1 / BATCH);
    };
    const { value, grads } = tf.engine().gradients(
      () => loss(...names.map((name) => given[name])),
      names.map((name) => given[name]),
      undefined,
      true,
    );
    return {
      outputs: { loss: value },
      gradients: Object.fromEntries(names.map((name, i) => [name, grads[i]])),
    };
  },
};

const digits = generateDigits({ count: IMAGES, seed: SEED });
const pixels = pixelsToFloats(digits.images);
const optimizer = createOptimizer({ name: 'adam' });
const slots = Object.fromEntries(
  names.flatMap((name) =>
    optimizer.rule.slots.map((slot) => {
      const { shape, data } = parameters[name];
      return [`${name}/${slot}`, { shape, data: new Float32Array(data.length) }];
    }),
  ),
);
const session = await accelerator.open({ parameters, slots });
let step = 0;
for (let epoch = 1; epoch <= EPOCHS; epoch++) {
  const order = permutation(IMAGES, { seed: SEED, stream: Stream.shuffle, step: epoch });
  let total = 0;
  for (let first = 0; first + BATCH <= IMAGES; first += BATCH) {
    const x = new Float32Array(BATCH * 784);
    const labels = new Float32Array(BATCH * CLASSES);
    for (let row = 0; row < BATCH; row++) {
      const index = order[first + row];
      x.set(pixels.subarray(index * 784, (index + 1) * 784), row * 784);
      labels[row * CLASSES + digits.labels[index]] = 1;
    }
    const inputs = {
      x: { shape: [BATCH, 28, 28, 1], data: x },
      labels: { shape: [BATCH, CLASSES], data: labels },
    };
    const update = {
      rule: optimizer.rule,
      coefficients: optimizer.coefficients({ learningRate: 1e-3, step: ++step }),
    };
    total += (await session.step(program, { inputs }, update)).loss.data[0];
  }
  console.log(`epoch ${epoch}: cross-entropy ${(total / Math.floor(IMAGES / BATCH)).toFixed(4)}`);
}
const learned = session.read().parameters;
session.close();

const packed = packFeatures(
  Object.fromEntries(
    names.filter((name) => name.startsWith('encoder.')).map((name) => [name, learned[name]]),
  ),
);
const hash = sha256Hex(new TextEncoder().encode(JSON.stringify(packed)));
await writeFile(
  new URL('../src/frechet/digit-weights.ts', import.meta.url),
  `// Written by scripts/train-digit-features.js.\n\n/** Scales and whole numbers of each tensor, in base64. */\nexport const DIGIT_WEIGHTS = ${JSON.stringify(packed, null, 2)} as const;\n`,
);
console.log(`written, ${hash.slice(0, 12)}`);

/** The share of images whose class it tells, by the weights as they were written. */
async function accuracyOf({ images, labels, count }) {
  const trained = createTrainedModel(FEATURES_SPEC, unpackFeatures(packed));
  const { mean } = trained.encode(images);
  const { data: kernel } = learned['head.output.kernel'];
  const { data: bias } = learned['head.output.bias'];
  let right = 0;
  for (let i = 0; i < count; i++) {
    const logits = Array.from({ length: CLASSES }, (_, c) => {
      let logit = bias[c];
      for (let f = 0; f < FEATURES; f++) logit += mean[i * FEATURES + f] * kernel[f * CLASSES + c];
      return logit;
    });
    if (logits.indexOf(Math.max(...logits)) === labels[i]) right++;
  }
  trained.dispose();
  return ((100 * right) / count).toFixed(2);
}
console.log(
  `drawn digits that it has not seen: ${await accuracyOf(generateDigits({ count: 5000, seed: SEED, firstIndex: 1_000_000 }))}%`,
);
if (folder)
  console.log(
    `MNIST's test images: ${await accuracyOf((await loadMnist({ dataDir: dataDirectory(folder) })).validation)}%`,
  );
await accelerator.close();
