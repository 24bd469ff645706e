import { readFile } from 'node:fs/promises';
import type { NamedArrays } from '@latentkit/core';
import { parseSafetensors, toFloat32Arrays } from '@latentkit/formats';
import { type ModelSpec, parametersToTensors } from '@latentkit/models';
import type { Objective } from '@latentkit/objectives';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { emptySlots, lossAndGradients, trainStep } from '../loop/train-step.ts';
import { createOptimizer } from '../optimizers/create-optimizer.ts';

/** An objective that another program has trained too, from these weights, on what each step is given. */
export interface GoldenRun {
  readonly objective: Objective;
  readonly weights: NamedArrays;
  inputsAt(step: number): Record<string, tf.Tensor>;
}

/** Numbers and tensors of a fixture: `NAME.json` and `NAME.safetensors`. */
export async function readGolden<Numbers>(name: string): Promise<{ golden: Numbers; tensors: NamedArrays }> {
  const fixture = (file: string) => readFile(new URL(`../../fixtures/${file}`, import.meta.url));
  const golden = JSON.parse((await fixture(`${name}.json`)).toString());
  return { golden, tensors: toFloat32Arrays(parseSafetensors(await fixture(`${name}.safetensors`)).tensors) };
}

const net = { type: 'mlp', hidden: [12], activation: 'tanh' } as const;

/** The networks of the fixtures whose objectives and priors differ. */
export const SMALL_VAE: ModelSpec = {
  kind: 'vae',
  image: { height: 6, width: 5, channels: 1 },
  latentDim: 3,
  encoder: net,
  decoder: net,
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
};

/** Expects the other program's gradients, each number within a share of its parameter's largest. */
export function expectGradients(
  { objective, weights, inputsAt }: GoldenRun,
  expectedOf: (parameter: string) => ArrayLike<number>,
  within: number,
): void {
  tf.tidy(() => {
    const { gradients } = lossAndGradients(objective, parametersToTensors(weights), inputsAt(0));
    expect(Object.keys(gradients)).toEqual(Object.keys(weights));
    for (const [parameter, gradient] of Object.entries(gradients)) {
      const expected = expectedOf(parameter);
      const largest = Math.max(...Array.from(expected, Math.abs));
      const differences = gradient.dataSync().map((value, i) => Math.abs(value - expected[i]!) / largest);
      expect(Math.max(...differences), parameter).toBeLessThan(within);
    }
  });
}

/** Expects the other program's terms of each of 20 steps of Adam, relative where they are above 1. */
export function expectTerms(
  { objective, weights, inputsAt }: GoldenRun,
  { learningRate, epsilon }: { learningRate: number; epsilon: number },
  rows: readonly Record<string, number>[],
  within: number,
): void {
  const optimizer = createOptimizer({ name: 'adam', epsilon });
  const parameters = parametersToTensors(weights);
  let state = { parameters, slots: emptySlots(optimizer, parameters) };
  expect(rows).toHaveLength(25);
  for (const [i, row] of rows.entries()) {
    const inputs = tf.tidy(() => inputsAt(i));
    const { metrics, next } = trainStep(objective, optimizer, state, inputs, { learningRate, step: i + 1 });
    state = next as typeof state;
    tf.dispose(inputs);
    for (const [term, value] of Object.entries(row)) {
      const scale = Math.max(1, Math.abs(value)); // parts of a KL may pass through 0
      expect(Math.abs(metrics[term]! - value) / scale, `${term} of step ${i + 1}`).toBeLessThan(within);
    }
  }
  tf.dispose(state);
}
