// Holds the whole stack against training traces made with PyTorch (fixtures/make_parity.py): same weights, batch and
// noise must give the same losses, step after step.
// Run: node scripts/golden-traces.js [FIXTURES]
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { startWasmBackend } from '@latentkit/backend';
import { parseSafetensors } from '@latentkit/formats';
import { createModel, parametersToTensors } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import { createOptimizer, emptySlots, lossAndGradients, trainStep } from '@latentkit/trainers';
import * as tf from '@tensorflow/tfjs-core';

const image = { height: 28, width: 28, channels: 1 };
const mlp = { type: 'mlp', hidden: [128], activation: 'relu' };
const TRACES = {
  mlp_bernoulli_adam: {
    weights: 'mlp',
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
    encoder: mlp,
    decoder: mlp,
  },
  mlp_mse_adam_beta4: {
    weights: 'mlp',
    likelihood: { type: 'squaredError', output: 'sigmoid' },
    encoder: mlp,
    decoder: mlp,
  },
  conv_bernoulli_adamax: {
    weights: 'conv',
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
    encoder: { type: 'conv', filters: [32, 64], hidden: [16], activation: 'relu' },
    decoder: { type: 'conv', filters: [64, 32], activation: 'relu' },
  },
};

// The bounds of agreement: float32 sums in another order, and nothing else, may differ.
const RELATIVE = 1e-4;
const KL_ABSOLUTE = 1e-5;
const GRADIENT_RELATIVE = 1e-3;

/** Runs every trace on the WASM backend; each result names its worst differences and whether they are within bounds. */
export async function runGoldenTraces(fixtures) {
  await startWasmBackend();
  const golden = JSON.parse(await readFile(new URL('parity.json', fixtures), 'utf8'));
  const results = [];
  for (const [name, trace] of Object.entries(TRACES)) {
    const bytes = await readFile(new URL(`parity-${trace.weights}.safetensors`, fixtures));
    results.push({ name, ...runTrace(trace, parseSafetensors(bytes).tensors, golden[name]) });
  }
  return results;
}

function runTrace({ weights: kind, ...parts }, tensors, golden) {
  const model = createModel({ kind: 'vae', image, latentDim: 2, ...parts });
  const objective = createObjective(model, { type: 'elbo', beta: golden.beta });
  const { name, beta1, beta2, epsilon, learning_rate: learningRate } = golden.optimizer;
  const optimizer = createOptimizer({ name, beta1, beta2, epsilon });
  const own = Object.keys(model.initialize(0));
  const arrays = Object.fromEntries(own.map((parameter) => [parameter, tensors[fixtureName(parameter)]]));
  const { data, shape } = tensors['batch.images'];
  const images = tf.tensor4d(
    Float32Array.from(data, (byte) => byte / 255),
    shape,
  );
  const noise = tensors['batch.noise'];
  const [, batch, latent] = noise.shape;

  const parameters = parametersToTensors(arrays);
  let state = { parameters, slots: emptySlots(optimizer, parameters) };
  const worst = { loss: 0, reconstruction: 0, kl: 0, gradientNorm: 0 };
  golden.loss_reconstruction_kl.forEach(([loss, reconstruction, kl], i) => {
    const values = noise.data.slice(i * batch * latent, (i + 1) * batch * latent);
    const stepNoise = tf.tensor2d(values, [batch, latent]);
    if (i === 0)
      worst.gradientNorm = compareGradients(
        objective,
        state.parameters,
        { x: images, 'noise.z': stepNoise },
        golden,
      );
    const position = { learningRate, step: i + 1 };
    const { metrics, next } = trainStep(
      objective,
      optimizer,
      state,
      { x: images, 'noise.z': stepNoise },
      position,
    );
    stepNoise.dispose();
    state = next;
    worst.loss = Math.max(worst.loss, Math.abs(metrics.loss / loss - 1));
    worst.reconstruction = Math.max(
      worst.reconstruction,
      Math.abs(metrics.reconstruction / reconstruction - 1),
    );
    const klDifference = Math.abs(metrics.kl - kl);
    worst.kl = Math.max(worst.kl, Math.min(klDifference / kl / RELATIVE, klDifference / KL_ABSOLUTE));
  });
  tf.dispose([images, state]);
  const ok =
    worst.loss <= RELATIVE &&
    worst.reconstruction <= RELATIVE &&
    worst.kl <= 1 &&
    worst.gradientNorm <= GRADIENT_RELATIVE;
  return { steps: golden.loss_reconstruction_kl.length, worst, ok };
}

/** The fixture was made for models of one hidden layer, with names of its own for it. */
function fixtureName(parameter) {
  return parameter.replace('hidden1', 'hidden').replace('unfold', 'hidden').replace('logVar', 'logvar');
}

/** The worst relative difference of the first step's gradient norms. */
function compareGradients(objective, parameters, inputs, golden) {
  const { gradients } = lossAndGradients(objective, parameters, inputs);
  const differences = Object.entries(gradients).map(([name, gradient]) => {
    const norm = Math.sqrt(gradient.dataSync().reduce((sum, value) => sum + value * value, 0));
    return Math.abs(norm / golden.first_step_gradient_norms[fixtureName(name)] - 1);
  });
  tf.dispose(gradients);
  return Math.max(...differences);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = process.argv[2]
    ? pathToFileURL(`${process.argv[2]}/`)
    : new URL('../fixtures/', import.meta.url);
  const results = await runGoldenTraces(folder);
  for (const { name, steps, worst, ok } of results) {
    const [loss, reconstruction, norms] = [worst.loss, worst.reconstruction, worst.gradientNorm].map(
      (value) => value.toExponential(1),
    );
    const kl = `KL ${(100 * worst.kl).toFixed(1)}% of its bound`;
    const worsts = `loss ${loss}, reconstruction ${reconstruction}, ${kl}, first gradient norms ${norms}`;
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}, ${steps} steps, worst relative differences: ${worsts}`);
  }
  if (!results.every(({ ok }) => ok)) process.exitCode = 1;
}
