import { readFile } from 'node:fs/promises';
import { startWasmBackend } from '@latentkit/backend';
import { parseSafetensors, toFloat32Arrays } from '@latentkit/formats';
import { createModel, type ModelSpec, parametersToTensors } from '@latentkit/models';
import { createObjective, type ObjectiveSpec } from '@latentkit/objectives';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptySlots, lossAndGradients, trainStep } from './loop/train-step.ts';
import { createOptimizer } from './optimizers/create-optimizer.ts';

const fixture = (name: string) => readFile(new URL(`../fixtures/${name}`, import.meta.url));
const golden: {
  learningRate: number;
  epsilon: number;
  examples: number;
  totalCorrelation: number;
  steps: Record<string, Record<string, number>[]>;
} = JSON.parse((await fixture('variants.json')).toString());
const tensors = toFloat32Arrays(parseSafetensors(await fixture('variants.safetensors')).tensors);

const net = { type: 'mlp', hidden: [12], activation: 'tanh' } as const;
const spec: ModelSpec = {
  kind: 'vae',
  image: { height: 6, width: 5, channels: 1 },
  latentDim: 3,
  encoder: net,
  decoder: net,
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
};
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

  it("has PyTorch's gradients, every number of them", () => {
    tf.tidy(() => {
      const { gradients } = lossAndGradients(objective, parametersToTensors(weights), inputsAt(0));
      expect(Object.keys(gradients)).toEqual(Object.keys(weights));
      for (const [parameter, gradient] of Object.entries(gradients)) {
        const expected = tensors[`${name}.${parameter}`]!.data;
        const largest = Math.max(...expected.map(Math.abs));
        const differences = gradient.dataSync().map((value, i) => Math.abs(value - expected[i]!) / largest);
        expect(Math.max(...differences), parameter).toBeLessThan(GRADIENT);
      }
    });
  });

  it("follows PyTorch's terms for 20 steps", () => {
    const optimizer = createOptimizer({ name: 'adam', epsilon: golden.epsilon });
    const parameters = parametersToTensors(weights);
    let state = { parameters, slots: emptySlots(optimizer, parameters) };
    const rows = golden.steps[name]!;
    expect(rows).toHaveLength(20);
    for (const [i, row] of rows.entries()) {
      const inputs = tf.tidy(() => inputsAt(i));
      const position = { learningRate: golden.learningRate, step: i + 1 };
      const { metrics, next } = trainStep(objective, optimizer, state, inputs, position);
      state = next as typeof state;
      tf.dispose(inputs);
      for (const [term, value] of Object.entries(row)) {
        const scale = Math.max(1, Math.abs(value)); // parts of a KL may pass through 0
        expect(Math.abs(metrics[term]! - value) / scale, `${term} of step ${i + 1}`).toBeLessThan(LOSS);
      }
    }
    tf.dispose(state);
  });
});
