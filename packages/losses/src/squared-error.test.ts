import '@tensorflow/tfjs-backend-cpu';
import { describeLoss } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { type SquaredErrorOptions, squaredError } from './squared-error.ts';
import { outputs, preActivation, unitTarget } from './testing/arguments.ts';

for (const output of ['sigmoid', 'tanh', 'linear'] as const) {
  for (const pixels of ['sum', 'mean'] as const) {
    describeLoss(`squaredError of ${output}, pixels ${pixels}`, {
      where: 'squaredError',
      arguments: [preActivation, unitTarget],
      evaluate: (p, x) => squaredError(p!, x!, { output, pixels }),
      oracle: (p, x) => {
        const sum = p!.reduce((sum, l, i) => sum + (outputs[output](l) - x![i]!) ** 2, 0);
        return pixels === 'mean' ? sum / p!.length : sum;
      },
    });
  }
}

it('is the sum of squared sigmoids by default', () => {
  expect(squaredError(tf.zeros([1, 4]), tf.ones([1, 4])).dataSync()[0]).toBe(1);
});

it('refuses options that it does not know', () => {
  const tensor = tf.zeros([1, 4]);
  const call = (options: unknown) => () => squaredError(tensor, tensor, options as SquaredErrorOptions);
  expect(call({ output: 'sigmoyd' })).toThrow(/no output function 'sigmoyd'. Did you mean 'sigmoid'\?/);
  expect(call({ output: 'toString' })).toThrow(/no output function 'toString'/);
  expect(call({ pixels: 'max' })).toThrow("squaredError: pixels must be 'sum' or 'mean', got 'max'");
});
