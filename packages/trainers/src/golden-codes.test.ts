import { readFile } from 'node:fs/promises';
import { startWasmBackend } from '@latentkit/backend';
import { parseSafetensors, toFloat32Arrays } from '@latentkit/formats';
import { createModel, type ModelSpec, parametersToTensors } from '@latentkit/models';
import { createObjective, type ObjectiveSpec } from '@latentkit/objectives';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptySlots, lossAndGradients, trainStep } from './loop/train-step.ts';
import { playerOptimizer } from './optimizers/player-optimizer.ts';

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
const mlp = { type: 'mlp', hidden: [12], activation: 'tanh' } as const;
const VARIANTS: Record<string, { spec: ModelSpec; objective: ObjectiveSpec }> = {
  vq: {
    spec: {
      ...{ kind: 'vq', image, likelihood, latentDim: 3, encoder: conv, decoder: conv },
      codebook: { size: 6, decay: golden.decay },
    },
    objective: { type: 'vq' },
  },
  adversarial: {
    spec: {
      ...{ kind: 'autoencoder', image, likelihood, latentDim: 3, encoder: mlp, decoder: mlp },
      prior: { type: 'standardNormal' },
    },
    objective: { type: 'adversarial', critic: { type: 'mlp', hidden: [8], activation: 'leakyRelu' } },
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
  const inputsAt = (step: number) => ({
    x: tensorOf('images'),
    'noise.prior': tf.reshape(tf.slice(tensorOf('noise'), [step, 0, 0], [1, -1, -1]), [8, 3]),
  });

  /** The most that numbers differ, relative to the largest of them, or to 0.1 where that is next to nothing. */
  function differenceOf(got: ArrayLike<number>, expected: Float32Array): number {
    const largest = Math.max(0.1, ...expected.map(Math.abs));
    return Math.max(...expected.map((value, i) => Math.abs(got[i]! - value) / largest));
  }

  it("has PyTorch's gradients, follows its terms for 25 steps, and comes to its weights", () => {
    const { players } = objective;
    const optimizers = players.map((player) =>
      playerOptimizer(objective, player.name, { name: 'adam', epsilon: golden.epsilon }),
    );
    const parameters = parametersToTensors(weights);
    const slots = players.map(({ moves }, i) =>
      emptySlots(optimizers[i]!, Object.fromEntries(moves.map((moved) => [moved, parameters[moved]!]))),
    );
    let state = { parameters, slots: Object.assign({}, ...slots) as typeof parameters };
    const rows = golden.steps[name]!;
    expect(rows).toHaveLength(25);
    const first = named('gradients');
    for (const [i, row] of rows.entries()) {
      const inputs = tf.tidy(() => inputsAt(i));
      const got: Record<string, number | undefined> = {};
      for (const [at, player] of players.entries()) {
        if (i === 0) {
          const { gradients } = lossAndGradients(objective, state.parameters, inputs, { player });
          for (const [parameter, gradient] of Object.entries(gradients)) {
            const key = players.length > 1 ? `${player.terms[0]!.name}.${parameter}` : parameter;
            expect(differenceOf(gradient.dataSync(), first[key]!.data), key).toBeLessThan(GRADIENT);
            delete first[key];
          }
          tf.dispose(gradients);
        }
        const position = { learningRate: golden.learningRate, step: i + 1, player };
        const { metrics, next } = trainStep(objective, optimizers[at]!, state, inputs, position);
        state = next as typeof state;
        Object.assign(got, metrics);
      }
      tf.dispose(inputs);
      for (const [term, value] of Object.entries(row)) {
        expect(Math.abs(got[term]! - value) / value, `${term} of step ${i + 1}`).toBeLessThan(LOSS);
      }
    }
    expect(first).toEqual({});
    for (const [parameter, { data }] of Object.entries(named('last'))) {
      expect(differenceOf(state.parameters[parameter]!.dataSync(), data), parameter).toBeLessThan(WEIGHT);
    }
    tf.dispose(state);
  });
});
