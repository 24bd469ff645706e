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
  decay: number;
  steps: Record<string, Record<string, number>[]>;
} = JSON.parse((await fixture('codes.json')).toString());
const tensors = toFloat32Arrays(parseSafetensors(await fixture('codes.safetensors')).tensors);

const image = { height: 6, width: 4, channels: 1 };
const likelihood = { type: 'bernoulli', output: 'sigmoid' } as const;
const conv = { type: 'conv', filters: [4], activation: 'tanh' } as const;
const VARIANTS: Record<string, { spec: ModelSpec; objective: ObjectiveSpec }> = {
  vq: {
    spec: {
      ...{ kind: 'vq', image, likelihood, latentDim: 3, encoder: conv, decoder: conv },
      codebook: { size: 6, decay: golden.decay },
    },
    objective: { type: 'vq' },
  },
};

// PyTorch computed in float64, this is float32: three times what the worst of all numbers needs, relative.
const LOSS = 3e-6;
const GRADIENT = 3e-6; // to a parameter's largest
const WEIGHT = 1e-5; // after all steps

beforeAll(() => startWasmBackend());

describe.each(Object.entries(VARIANTS))('%s', (name, { spec, objective: what }) => {
  const objective = createObjective(createModel(spec), what);
  const named = (part: string) =>
    Object.fromEntries(
      Object.entries(tensors)
        .filter(([key]) => key.startsWith(`${name}.${part}.`))
        .map(([key, array]) => [key.slice(`${name}.${part}.`.length), array]),
    );
  const weights = named('weights');
  const tensorOf = (key: string) => tf.tensor(tensors[key]!.data, [...tensors[key]!.shape]);
  const inputsAt = (_step: number) => ({ x: tensorOf('images') });

  /** The most that numbers differ, relative to the largest of them. */
  function differenceOf(got: ArrayLike<number>, expected: Float32Array): number {
    const largest = Math.max(...expected.map(Math.abs));
    return Math.max(...expected.map((value, i) => Math.abs(got[i]! - value) / largest));
  }

  it("has PyTorch's gradients, every number of them", () => {
    tf.tidy(() => {
      const { gradients } = lossAndGradients(objective, parametersToTensors(weights), inputsAt(0));
      const expected = named('gradients');
      expect(Object.keys(gradients).sort()).toEqual(Object.keys(expected).sort());
      for (const [parameter, gradient] of Object.entries(gradients)) {
        expect(differenceOf(gradient.dataSync(), expected[parameter]!.data), parameter).toBeLessThan(
          GRADIENT,
        );
      }
    });
  });

  it("follows PyTorch's terms for 25 steps, and comes to its weights", () => {
    const optimizer = createOptimizer({ name: 'adam', epsilon: golden.epsilon });
    const parameters = parametersToTensors(weights);
    let state = { parameters, slots: emptySlots(optimizer, parameters) };
    const rows = golden.steps[name]!;
    expect(rows).toHaveLength(25);
    for (const [i, row] of rows.entries()) {
      const inputs = tf.tidy(() => inputsAt(i));
      const position = { learningRate: golden.learningRate, step: i + 1 };
      const { metrics, next } = trainStep(objective, optimizer, state, inputs, position);
      state = next as typeof state;
      tf.dispose(inputs);
      for (const [term, value] of Object.entries(row)) {
        expect(Math.abs(metrics[term]! - value) / value, `${term} of step ${i + 1}`).toBeLessThan(LOSS);
      }
    }
    for (const [parameter, { data }] of Object.entries(named('last'))) {
      expect(differenceOf(state.parameters[parameter]!.dataSync(), data), parameter).toBeLessThan(WEIGHT);
    }
    tf.dispose(state);
  });
});
