import '@tensorflow/tfjs-backend-cpu';
import { describeLoss } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { absoluteError } from './absolute-error.ts';
import { huber } from './huber.ts';
import { squaredError } from './squared-error.ts';
import { outputs, preActivation, unitTarget } from './testing/arguments.ts';

for (const output of ['sigmoid', 'tanh', 'linear'] as const) {
  for (const delta of [1, 0.2]) {
    describeLoss(`huber of ${output}, delta ${delta}`, {
      where: 'huber',
      arguments: [preActivation, unitTarget],
      evaluate: (p, x) => huber(p!, x!, { output, delta }),
      oracle: (p, x) =>
        p!.reduce((sum, l, i) => {
          const far = Math.abs(outputs[output](l) - x![i]!);
          return sum + (far <= delta ? far ** 2 / 2 : delta * (far - delta / 2));
        }, 0),
    });
  }
}

it('is half the squared error where delta is large, and delta times the absolute one where it is small', () => {
  const [p, x] = [tf.tensor2d([[-3, 0.2, 1.5]]), tf.tensor2d([[0, 0.5, 1]])];
  expect(huber(p, x, { delta: 10 }).dataSync()[0]).toBeCloseTo(squaredError(p, x).dataSync()[0]! / 2, 6);
  const small = huber(p, x, { delta: 1e-4 }).dataSync()[0]! / 1e-4;
  expect(small).toBeCloseTo(absoluteError(p, x).dataSync()[0]!, 3);
});

it('refuses a delta that is no distance', () => {
  const tensor = tf.zeros([1, 4]);
  for (const delta of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => huber(tensor, tensor, { delta })).toThrow(
      `huber: delta must be a finite number above 0, got ${delta}`,
    );
  }
});
