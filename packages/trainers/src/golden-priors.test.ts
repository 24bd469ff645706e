import { startWasmBackend } from '@latentkit/backend';
import { createModel, type ModelSpec } from '@latentkit/models';
import { createObjective, type ObjectiveSpec } from '@latentkit/objectives';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { expectGradients, expectTerms, readGolden, SMALL_VAE as spec } from './testing/golden-run.ts';

const { golden, tensors } = await readGolden<{
  learningRate: number;
  epsilon: number;
  freeBits: number;
  capacity: number;
  steps: Record<string, Record<string, number>[]>;
}>('priors');

const kernel = { type: 'inverseMultiquadratic', scale: 1.5 } as const;
const VARIANTS: Record<string, { prior?: ModelSpec['prior']; objective: ObjectiveSpec }> = {
  mixturePrior: { prior: { type: 'mixture', components: 4 }, objective: { type: 'elbo' } },
  vampPrior: { prior: { type: 'vamp', components: 4 }, objective: { type: 'elbo' } },
  mmdVae: { objective: { type: 'infoVae', mmd: 50 } },
  infoVae: { objective: { type: 'infoVae', mmd: 20, kl: 0.5, kernel } },
  freeBits: { objective: { type: 'elbo', freeBits: golden.freeBits } },
  capacity: { objective: { type: 'elbo', capacity: golden.capacity } },
};

// PyTorch computed in float64, this is float32; the bounds of golden-variants.test.ts.
const LOSS = 2e-6;
const GRADIENT = 2e-6; // to a parameter's largest

beforeAll(() => startWasmBackend());

describe.each(Object.entries(VARIANTS))('%s', (name, { prior, objective: what }) => {
  const model = createModel({ ...spec, prior });
  const objective = createObjective(model, what);
  const weights = Object.fromEntries(
    Object.keys(model.parameterShapes).map((parameter) => [parameter, tensors[`weights.${parameter}`]!]),
  );
  const tensorOf = (key: string) => tf.tensor(tensors[key]!.data, [...tensors[key]!.shape]);
  const atStep = (key: string, step: number) =>
    tf.reshape(tf.slice(tensorOf(key), [step, 0, 0], [1, -1, -1]), [8, 3]);
  const run = {
    ...{ objective, weights },
    inputsAt: (step: number) => ({
      ...{ x: tensorOf('images'), 'noise.z': atStep('noise', step) },
      ...(what.type === 'infoVae' && { 'noise.prior': atStep('draws', step) }),
    }),
  };

  it("has PyTorch's gradients, every number of them", () => {
    expectGradients(run, (parameter) => tensors[`${name}.${parameter}`]!.data, GRADIENT);
  });

  it("follows PyTorch's terms for 25 steps", () => {
    expectTerms(run, golden, golden.steps[name]!, LOSS);
  });
});
