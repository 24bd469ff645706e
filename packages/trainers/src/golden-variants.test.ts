import { startWasmBackend } from '@latentkit/backend';
import { createModel, type ModelSpec } from '@latentkit/models';
import { createObjective, type ObjectiveSpec } from '@latentkit/objectives';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { expectGradients, expectTerms, readGolden, SMALL_VAE as spec } from './testing/golden-run.ts';

const { golden, tensors } = await readGolden<{
  learningRate: number;
  epsilon: number;
  examples: number;
  totalCorrelation: number;
  steps: Record<string, Record<string, number>[]>;
}>('variants');

const VARIANTS: Record<string, { spec: ModelSpec; objective: ObjectiveSpec }> = {
  betaTc: { spec, objective: { type: 'betaTc', totalCorrelation: golden.totalCorrelation } },
  conditional: { spec: { ...spec, condition: { classes: 3 } }, objective: { type: 'elbo' } },
  iwae: { spec, objective: { type: 'iwae', samples: 5 } },
  iwaeDoublyReparameterized: {
    ...{ spec, objective: { type: 'iwae', samples: 5, gradient: 'doublyReparameterized' } },
  },
};

// PyTorch computed in float64, this is float32: three times what the worst of all numbers needs, relative.
const LOSS = 2e-6;
const GRADIENT = 2e-6; // to a parameter's largest

beforeAll(() => startWasmBackend());

describe.each(Object.entries(VARIANTS))('%s', (name, { spec, objective: what }) => {
  const model = createModel(spec);
  const objective = createObjective(model, what, { examples: golden.examples });
  const weights = Object.fromEntries(
    Object.keys(model.parameterShapes).map((parameter) => [parameter, tensors[`weights.${parameter}`]!]),
  );
  const tensorOf = (key: string) => tf.tensor(tensors[key]!.data, [...tensors[key]!.shape]);
  /** What a step is given: an image's first sample of noise, or all five. */
  const inputsAt = (step: number) => {
    const samples = what.type === 'iwae' ? 5 : 1;
    const noise = tf.slice(tensorOf('noise'), [step, 0, 0, 0], [1, -1, samples, -1]);
    const shape = samples === 1 ? [8, 3] : [8, samples, 3];
    return {
      ...{ x: tensorOf('images'), 'noise.z': tf.reshape(noise, shape) },
      ...(spec.condition && { labels: tensorOf('labels') }),
    };
  };

  const run = { objective, weights, inputsAt };

  it("has PyTorch's gradients, every number of them", () => {
    expectGradients(run, (parameter) => tensors[`${name}.${parameter}`]!.data, GRADIENT);
  });

  it("follows PyTorch's terms for 25 steps", () => {
    expectTerms(run, golden, golden.steps[name]!, LOSS);
  });
});
