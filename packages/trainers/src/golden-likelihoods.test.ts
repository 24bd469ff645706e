import { readFile } from 'node:fs/promises';
import { startWasmBackend } from '@latentkit/backend';
import { parseSafetensors, toFloat32Arrays } from '@latentkit/formats';
import type { LikelihoodSpec } from '@latentkit/losses';
import { createModel } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectGradients, expectTerms } from './testing/golden-run.ts';

/** Written by fixtures/make_likelihoods.py. */
const fixture = (name: string) => readFile(new URL(`../fixtures/${name}`, import.meta.url));
const golden: {
  learningRate: number;
  epsilon: number;
  steps: Record<string, Record<string, number>[]>;
} = JSON.parse((await fixture('likelihoods.json')).toString());
const tensors = toFloat32Arrays(parseSafetensors(await fixture('likelihoods.safetensors')).tensors);

const LIKELIHOODS: Readonly<Record<string, LikelihoodSpec>> = {
  continuousBernoulli: { type: 'continuousBernoulli', output: 'sigmoid' },
  gaussianPerPixel: { type: 'gaussian', output: 'sigmoid', sigma: 'perPixel' },
  gaussianPerImage: { type: 'gaussian', output: 'sigmoid', sigma: 'perImage' },
  discretisedLogistic: { type: 'discretisedLogistic', output: 'sigmoid' },
  betaBinomial: { type: 'betaBinomial', output: 'sigmoid' },
  categorical: { type: 'categorical', output: 'softmax', levels: 4 },
  unexplainedVariance: { type: 'unexplainedVariance', output: 'sigmoid' },
};

// PyTorch computed in float64, this is float32: about three times what the worst of all numbers needs, relative.
const LOSS = 5e-6;
const GRADIENT = 1e-5; // to a parameter's largest

beforeAll(() => startWasmBackend());

it('has a trace of each', () => {
  expect(Object.keys(golden.steps)).toEqual(Object.keys(LIKELIHOODS));
});

describe.each(Object.entries(LIKELIHOODS))('%s', (name, likelihood) => {
  const net = { type: 'mlp', hidden: [12], activation: 'tanh' } as const;
  const image = { height: 6, width: 5, channels: 1 };
  const model = createModel({ kind: 'vae', image, latentDim: 3, encoder: net, decoder: net, likelihood });
  const objective = createObjective(model);
  const weights = Object.fromEntries(
    Object.keys(model.parameterShapes).map((parameter) => [
      parameter,
      (tensors[`${name}.weights.${parameter}`] ?? tensors[`weights.${parameter}`])!,
    ]),
  );
  const tensorOf = (key: string) => tf.tensor(tensors[key]!.data, [...tensors[key]!.shape]);
  const inputsAt = (step: number) => ({
    x: tensorOf('images'),
    'noise.z': tf.reshape(tf.slice(tensorOf('noise'), [step, 0, 0], [1, -1, -1]), [8, 3]),
  });

  const run = { objective, weights, inputsAt };

  it("has PyTorch's gradients, every number of them", () => {
    expectGradients(run, (parameter) => tensors[`${name}.${parameter}`]!.data, GRADIENT);
  });

  it("follows PyTorch's terms for 25 steps", () => {
    expectTerms(run, golden, golden.steps[name]!, LOSS);
  });
});
