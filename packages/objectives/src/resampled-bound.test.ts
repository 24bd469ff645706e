import { startWasmBackend } from '@latentkit/backend';
import { type NamedArrays, portableExp } from '@latentkit/core';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createObjective, type ObjectiveSpec } from './create-objective.ts';
import { drawByWeight } from './draw-by-weight.ts';
import { scalarsAt, stepProgram } from './index.ts';
import { smallBatch, smallModel, TWO_LEVELS } from './testing/small.ts';

await startWasmBackend();

it('draws each sample for as much of the uniform numbers as it weighs', () => {
  const weights = [0.1, 0.6, 0.3];
  const logWeights = tf.tensor2d([weights.map((weight) => 5 + Math.log(weight))]);
  const drawn = (uniform: number) => [...drawByWeight(logWeights, tf.tensor2d([[uniform]])).dataSync()];
  for (const uniform of [0, 0.05, 0.0999]) expect(drawn(uniform)).toEqual([1, 0, 0]);
  for (const uniform of [0.101, 0.5, 0.699]) expect(drawn(uniform)).toEqual([0, 1, 0]);
  for (const uniform of [0.701, 0.9, 0.99999994]) expect(drawn(uniform)).toEqual([0, 0, 1]);
});

it('draws a sample of no weight never, and the only one of any weight always', () => {
  const logWeights = tf.tensor2d([[-1000, 0, -1000, -1000]]);
  for (const uniform of [0, 0.5, 0.99999994]) {
    expect([...drawByWeight(logWeights, tf.tensor2d([[uniform]])).dataSync()]).toEqual([0, 1, 0, 0]);
  }
});

function gradientsOf(spec: ObjectiveSpec, inputs: NamedArrays, change = {}) {
  const objective = createObjective(smallModel(change), spec);
  const scalars = scalarsAt(objective);
  const tensors = (arrays: NamedArrays) =>
    Object.fromEntries(
      Object.entries(arrays).map(([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]),
    );
  const { outputs, gradients = {} } = stepProgram(objective, objective.players[0], { scalars }).trace({
    parameters: tensors(objective.initialize(1)),
    inputs: tensors(inputs),
    scalars: Object.fromEntries(Object.entries(scalars).map(([name, value]) => [name, tf.scalar(value)])),
  });
  return { outputs, gradients };
}

it.each([
  ['one level', {}],
  ['two levels', TWO_LEVELS],
])(
  'has, of %s, the bound of all samples, and in the mean over what may be drawn their gradient',
  (_, change) => {
    const samples = 3;
    const objective = createObjective(smallModel(change), { type: 'iwae', samples, gradient: 'resampled' });
    const inputs = smallBatch(objective, 1); // of one example there are three draws
    const usual = gradientsOf({ type: 'iwae', samples }, inputs, change);
    // Each sample's share of the uniform numbers, found by its weight: the slope of the bound in it.
    const { x, 'noise.chosen': _chosen, ...noise } = inputs;
    const alone = Array.from({ length: samples }, (_, i) => {
      const ofOne = Object.entries(noise).map(([name, { data, shape }]) => {
        const size = data.length / samples;
        return [name, { shape: [1, ...shape.slice(2)], data: data.slice(i * size, (i + 1) * size) }];
      });
      const one = gradientsOf({ type: 'iwae', samples: 1 }, { x: x!, ...Object.fromEntries(ofOne) }, change);
      return -one.outputs.bound!.dataSync()[0]!;
    });
    const most = Math.max(...alone);
    const powers = alone.map((value) => portableExp(value - most));
    const total = powers.reduce((sum, power) => sum + power, 0);
    const shares = powers.map((power) => power / total);
    const mean: Record<string, number[]> = {};
    let before = 0;
    for (const share of shares) {
      const uniform = { shape: [1, 1], data: Float32Array.of(before + share / 2) };
      const drawn = gradientsOf(
        { type: 'iwae', samples, gradient: 'resampled' },
        { ...inputs, 'noise.chosen': uniform },
        change,
      );
      expectClose(drawn.outputs.bound!.dataSync(), usual.outputs.bound!.dataSync(), { relative: 1e-6 });
      for (const [name, gradient] of Object.entries(drawn.gradients)) {
        mean[name] ??= Array<number>(gradient.size).fill(0);
        const sum = mean[name];
        gradient.dataSync().forEach((value, i) => {
          sum[i]! += share * value;
        });
      }
      before += share;
    }
    expect(Object.keys(mean).length).toBeGreaterThan(4);
    for (const [name, gradient] of Object.entries(usual.gradients)) {
      expectClose(mean[name]!, gradient.dataSync(), { relative: 1e-5, absolute: 2e-6 });
    }
  },
);
