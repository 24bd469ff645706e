import { startWasmBackend } from '@latentkit/backend';
import { parametersToArrays, parametersToTensors } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createOptimizer } from '../optimizers/create-optimizer.ts';
import { tinyModel } from '../testing/tiny-run.ts';
import { emptySlots, lossAndGradients, trainStep } from './train-step.ts';

beforeAll(() => startWasmBackend());

const learned = { type: 'gaussian', output: 'sigmoid', sigma: 'learned' } as const;

function setUp(change = {}, beta = 1) {
  const model = tinyModel(change);
  const images = tf.tensor4d(
    Float32Array.from({ length: 36 }, (_, i) => (i % 7) / 7),
    [3, 4, 3, 1],
  );
  const noise = tf.tensor2d([0.5, -1, 2, 0, 1, 1], [3, 2]);
  return {
    objective: createObjective(model, { type: 'elbo', beta }),
    arrays: model.initialize(1),
    inputs: { x: images, 'noise.z': noise },
  };
}

describe('lossAndGradients', () => {
  it('has gradients that are the slopes of its loss along them', () => {
    for (const likelihood of [{ type: 'bernoulli', output: 'sigmoid' } as const, learned]) {
      const { objective, arrays, inputs } = setUp({ likelihood }, 3);
      const lossAt = (move: number, direction: Record<string, Float32Array>) => {
        const moved = Object.entries(arrays).map(([name, { shape, data }]) => [
          name,
          { shape, data: data.map((value, i) => value + move * direction[name]![i]!) },
        ]);
        const parameters = parametersToTensors(Object.fromEntries(moved));
        return lossAndGradients(objective, parameters, inputs).metrics.loss;
      };
      const { gradients } = lossAndGradients(objective, parametersToTensors(arrays), inputs);
      const direction = Object.fromEntries(
        Object.entries(gradients).map(([name, tensor]) => [name, tensor.dataSync() as Float32Array]),
      );
      const squares = Object.values(direction).flatMap((numbers) => Array.from(numbers, (g) => g * g));
      const norm2 = squares.reduce((sum, square) => sum + square, 0);
      const h = 1e-2 / Math.sqrt(norm2);
      const slope = (lossAt(h, direction) - lossAt(-h, direction)) / (2 * h);
      expectClose([slope], [norm2], { relative: 5e-3 });
    }
  });

  it('weighs as its scalars say, those left out as ever, and takes none that nobody reads', () => {
    const { objective, arrays, inputs } = setUp({}, 3);
    const lossWith = (scalars: Record<string, number>) =>
      lossAndGradients(objective, parametersToTensors(arrays), inputs, { scalars }).metrics;
    const { loss, reconstruction, kl } = lossWith({});
    expect(loss).toBe(reconstruction! + 3 * kl!);
    expect(lossWith({ 'weight.kl': 2 }).loss).toBe(reconstruction! + 2 * kl!);
    expect(() => lossWith({ beta: 2 })).toThrow(expect.objectContaining({ code: 'E_UNKNOWN_NAME' }));
  });

  it('reaches the logarithm of a learned sigma: pixels less the distance over sigma squared', () => {
    const { objective, arrays, inputs } = setUp({ likelihood: learned });
    const at = (logSigma: number) => {
      const sigma = { shape: [], data: Float32Array.of(logSigma) };
      const parameters = parametersToTensors({ ...arrays, 'likelihood.logSigma': sigma });
      const { gradients } = lossAndGradients(objective, parameters, inputs);
      return gradients['likelihood.logSigma']!;
    };
    expect(at(0).shape).toEqual([]);
    const distance = 12 - at(0).dataSync()[0]!;
    expect(distance).toBeGreaterThan(0.1);
    expectClose([at(-1).dataSync()[0]!], [12 - distance * Math.exp(2)], { relative: 1e-4 });
  });
});

describe('trainStep', () => {
  it('moves the weights against their gradients, and frees the old ones', () => {
    const { objective, arrays, inputs } = setUp();
    const optimizer = createOptimizer({ name: 'sgd', momentum: 0.9 });
    const { gradients } = lossAndGradients(objective, parametersToTensors(arrays), inputs);
    const parameters = parametersToTensors(arrays);
    const slots = emptySlots(optimizer, parameters);
    const before = tf.memory().numTensors;
    const position = { learningRate: 0.1, step: 1 };
    const { next } = trainStep(objective, optimizer, { parameters, slots }, inputs, position);
    expect(tf.memory().numTensors).toBe(before);
    expect(Object.values({ ...parameters, ...slots }).every(({ isDisposed }) => isDisposed)).toBe(true);
    for (const [name, { data }] of Object.entries(parametersToArrays(next.parameters))) {
      const gradient = gradients[name]!.dataSync();
      expectClose(
        data,
        arrays[name]!.data.map((value, i) => value - 0.1 * gradient[i]!),
      );
      expectClose(next.slots[`${name}/velocity`]!.dataSync(), gradient);
    }
  });

  it('tells the loss before the update', () => {
    const { objective, arrays, inputs } = setUp({}, 2);
    const optimizer = createOptimizer({ name: 'sgd' });
    const { metrics: expected } = lossAndGradients(objective, parametersToTensors(arrays), inputs);
    const state = { parameters: parametersToTensors(arrays), slots: {} };
    const position = { learningRate: 0.1, step: 1 };
    expect(trainStep(objective, optimizer, state, inputs, position).metrics).toEqual(expected);
    expect(expected.loss).toBe(expected.reconstruction! + 2 * expected.kl!);
  });

  it('leaves weights and memory as they were where the loss is not finite', () => {
    const { objective, arrays, inputs } = setUp();
    const optimizer = createOptimizer({ name: 'adam' });
    const parameters = parametersToTensors(arrays);
    const state = { parameters, slots: emptySlots(optimizer, parameters) };
    const bad = { ...inputs, x: tf.fill([3, 4, 3, 1], Number.NaN) };
    const before = tf.memory().numTensors;
    const step = () => trainStep(objective, optimizer, state, bad, { learningRate: 0.1, step: 9 });
    expect(step).toThrow(/the loss became NaN at step 9/);
    expect(tf.memory().numTensors).toBe(before);
    expect(parametersToArrays(state.parameters)).toEqual(arrays);
  });
});
