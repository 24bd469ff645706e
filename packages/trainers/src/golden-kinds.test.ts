import { readFile } from 'node:fs/promises';
import { startWasmBackend } from '@latentkit/backend';
import { parseSafetensors, toFloat32Arrays } from '@latentkit/formats';
import { createModel, type ModelSpec, parametersToTensors } from '@latentkit/models';
import { createObjective, type ObjectiveSpec } from '@latentkit/objectives';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptySlots, lossAndGradients, trainStep } from './loop/train-step.ts';
import { createOptimizer } from './optimizers/create-optimizer.ts';

const fixture = (name: string) => readFile(new URL(`../fixtures/${name}`, import.meta.url));
const golden: {
  learningRate: number;
  epsilon: number;
  labelled: number;
  classification: number;
  steps: Record<string, Record<string, number>[]>;
} = JSON.parse((await fixture('kinds.json')).toString());
const tensors = toFloat32Arrays(parseSafetensors(await fixture('kinds.safetensors')).tensors);

const net = { type: 'mlp', hidden: [12], activation: 'tanh' } as const;
const spec: Omit<ModelSpec, 'kind'> = {
  image: { height: 6, width: 5, channels: 1 },
  latentDim: 3,
  encoder: net,
  decoder: net,
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
};

const UPPER = {
  latentDim: 2,
  encoder: { type: 'mlp', hidden: [7], activation: 'tanh' },
  decoder: { type: 'mlp', hidden: [5], activation: 'tanh' },
} as const;

const residual = (norm: 'group' | 'batch'): ModelSpec => ({
  ...spec,
  kind: 'vae',
  image: { height: 8, width: 6, channels: 3 },
  encoder: { ...RESIDUAL, ...NORMS[norm], filters: [4, 6] },
  decoder: { ...RESIDUAL, ...NORMS[norm], filters: [6, 4] },
});
const NORMS = { group: { groups: 2 }, batch: { norm: 'batch' } } as const;
const RESIDUAL = { type: 'residual', hidden: [7], activation: 'leakyRelu' } as const;

interface Kind {
  spec: ModelSpec;
  objective: ObjectiveSpec;
  /** Whose weights it begins from; its own by default. */
  weights?: string;
  /** By the input's name, what the fixture calls its noise. */
  noise: Readonly<Record<string, string>>;
  inputs?: () => Record<string, tf.Tensor>;
}

const KINDS: Readonly<Record<string, Kind>> = {
  semiSupervised: {
    spec: { ...spec, kind: 'semiSupervised', condition: { classes: 3 } },
    objective: { type: 'semiSupervised', classification: golden.classification },
    noise: { 'noise.z': 'noise.m2' },
    inputs: () => {
      const isLabelled = Float32Array.from({ length: 8 }, (_, row) => Number(row < golden.labelled));
      const labels = tf.mul(tensorOf('labels'), tf.reshape(tf.tensor1d(isLabelled), [8, 1]));
      return { labels, labelled: tf.tensor1d(isLabelled.map((one) => (one * 8) / golden.labelled)) };
    },
  },
  hierarchical: {
    spec: { ...spec, kind: 'hierarchical', upper: UPPER },
    objective: { type: 'elbo' },
    noise: { 'noise.z': 'noise.lower', 'noise.z2': 'noise.upper' },
  },
  residual: {
    spec: residual('group'),
    objective: { type: 'elbo' },
    noise: { 'noise.z': 'noise.residual' },
    inputs: () => ({ x: tensorOf('colours') }),
  },
  batchNorm: {
    spec: residual('batch'),
    weights: 'residual',
    objective: { type: 'elbo' },
    noise: { 'noise.z': 'noise.residual' },
    inputs: () => ({ x: tensorOf('colours') }),
  },
};

const tensorOf = (key: string) => tf.tensor(tensors[key]!.data, [...tensors[key]!.shape]);

// PyTorch computed in float64, this is float32: three times what the worst of all numbers needs, relative.
const LOSS = 2e-6;
const GRADIENT = 2e-6; // to a parameter's largest
const RUNNING = 1e-4; // of statistics after 25 steps

beforeAll(() => startWasmBackend());

describe.each(Object.entries(KINDS))(
  '%s',
  (name, { spec, objective: what, weights: whose = name, noise, inputs }) => {
    const model = createModel(spec);
    const objective = createObjective(model, what);
    const born = model.initialize(1);
    const weights = Object.fromEntries(
      Object.keys(model.parameterShapes).map((parameter) => [
        parameter,
        // Running statistics begin as they always do.
        Object.hasOwn(model.stateShapes, parameter)
          ? born[parameter]!
          : tensors[`${whose}.weights.${parameter}`]!,
      ]),
    );
    const inputsAt = (step: number) => ({
      x: tensorOf('images'),
      ...Object.fromEntries(
        Object.entries(noise).map(([input, key]) => [
          input,
          tf.squeeze(tf.slice(tensorOf(key), step, 1), [0]),
        ]),
      ),
      ...inputs?.(),
    });

    it("has PyTorch's gradients, every number of them", () => {
      tf.tidy(() => {
        const { gradients } = lossAndGradients(objective, parametersToTensors(weights), inputsAt(0));
        expect(Object.keys(gradients)).toEqual(objective.players[0].moves);
        for (const [parameter, gradient] of Object.entries(gradients)) {
          const expected = tensors[`${name}.gradients.${parameter}`]!.data;
          const largest = Math.max(...expected.map(Math.abs));
          const differences = gradient.dataSync().map((value, i) => Math.abs(value - expected[i]!) / largest);
          expect(Math.max(...differences), parameter).toBeLessThan(GRADIENT);
        }
      });
    });

    it("follows PyTorch's terms for 25 steps", () => {
      const optimizer = createOptimizer({ name: 'adam', epsilon: golden.epsilon });
      const parameters = parametersToTensors(weights);
      let state = { parameters, slots: emptySlots(optimizer, parameters) };
      const rows = golden.steps[name]!;
      expect(rows).toHaveLength(25);
      for (const [i, row] of rows.entries()) {
        const given = tf.tidy(() => inputsAt(i));
        const position = { learningRate: golden.learningRate, step: i + 1 };
        const { metrics, next } = trainStep(objective, optimizer, state, given, position);
        state = next as typeof state;
        tf.dispose(given);
        for (const [term, value] of Object.entries(row)) {
          const scale = Math.max(1, Math.abs(value));
          expect(Math.abs(metrics[term]! - value) / scale, `${term} of step ${i + 1}`).toBeLessThan(LOSS);
        }
      }
      for (const parameter of Object.keys(model.stateShapes)) {
        const expected = tensors[`${name}.running.${parameter}`]!.data;
        const got = state.parameters[parameter]!.dataSync();
        expectClose(got, expected, { what: parameter, relative: RUNNING, absolute: RUNNING });
      }
      tf.dispose(state);
    });
  },
);
