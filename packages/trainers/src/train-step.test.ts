import { startWasmBackend } from '@latentkit/backend';
import { parametersToArrays, parametersToTensors } from '@latentkit/models';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createObjective } from './objective.ts';
import { createOptimizer } from './optimizers/create-optimizer.ts';
import { tinyModel } from './testing/tiny-run.ts';
import { emptySlots, lossAndGradients, trainStep } from './train-step.ts';

beforeAll(() => startWasmBackend());

const learned = { type: 'gaussian', output: 'sigmoid', sigma: 'learned' } as const;

function setUp(change = {}) {
  const model = tinyModel(change);
  const images = tf.tensor4d(
    Float32Array.from({ length: 36 }, (_, i) => (i % 7) / 7),
    [3, 4, 3, 1],
  );
  const noise = tf.tensor2d([0.5, -1, 2, 0, 1, 1], [3, 2]);
  return { objective: createObjective(model), arrays: model.initialize(1), images, noise };
}

describe('lossAndGradients', () => {
  it('has gradients that are the slopes of its loss along them', () => {
    for (const likelihood of [{ type: 'bernoulli', output: 'sigmoid' } as const, learned]) {
      const { objective, arrays, images, noise } = setUp({ likelihood });
      const lossAt = (move: number, direction: Record<string, Float32Array>) => {
        const moved = Object.entries(arrays).map(([name, { shape, data }]) => [
          name,
          { shape, data: data.map((value, i) => value + move * direction[name]![i]!) },
        ]);
        const parameters = parametersToTensors(Object.fromEntries(moved));
        return lossAndGradients(objective, parameters, images, noise, 3).metrics.loss;
      };
      const { gradients } = lossAndGradients(objective, parametersToTensors(arrays), images, noise, 3);
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

  it('reaches the logarithm of a learned sigma: pixels less the distance over sigma squared', () => {
    const { objective, arrays, images, noise } = setUp({ likelihood: learned });
    const at = (logSigma: number) => {
      const sigma = { shape: [], data: Float32Array.of(logSigma) };
      const parameters = parametersToTensors({ ...arrays, 'likelihood.logSigma': sigma });
      const { gradients } = lossAndGradients(objective, parameters, images, noise, 1);
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
    const { objective, arrays, images, noise } = setUp();
    const optimizer = createOptimizer({ name: 'sgd', momentum: 0.9 });
    const { gradients } = lossAndGradients(objective, parametersToTensors(arrays), images, noise, 1);
    const parameters = parametersToTensors(arrays);
    const slots = emptySlots(optimizer, parameters);
    const before = tf.memory().numTensors;
    const position = { learningRate: 0.1, step: 1, beta: 1 };
    const { next } = trainStep(objective, optimizer, { parameters, slots }, images, noise, position);
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
    const { objective, arrays, images, noise } = setUp();
    const optimizer = createOptimizer({ name: 'sgd' });
    const { metrics: expected } = lossAndGradients(objective, parametersToTensors(arrays), images, noise, 2);
    const state = { parameters: parametersToTensors(arrays), slots: {} };
    const position = { learningRate: 0.1, step: 1, beta: 2 };
    expect(trainStep(objective, optimizer, state, images, noise, position).metrics).toEqual(expected);
    expect(expected.loss).toBe(expected.reconstruction + 2 * expected.kl!);
  });

  it('leaves weights and memory as they were where the loss is not finite', () => {
    const { objective, arrays, noise } = setUp();
    const optimizer = createOptimizer({ name: 'adam' });
    const parameters = parametersToTensors(arrays);
    const state = { parameters, slots: emptySlots(optimizer, parameters) };
    const images = tf.fill([3, 4, 3, 1], Number.NaN) as tf.Tensor4D;
    const before = tf.memory().numTensors;
    const step = () =>
      trainStep(objective, optimizer, state, images, noise, { learningRate: 0.1, step: 9, beta: 1 });
    expect(step).toThrow(/the loss became NaN at step 9/);
    expect(tf.memory().numTensors).toBe(before);
    expect(parametersToArrays(state.parameters)).toEqual(arrays);
  });
});
