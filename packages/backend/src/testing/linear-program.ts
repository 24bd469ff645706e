import type { TracedProgram } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { randomArrays } from './random-arrays.ts';

export const usage = (message: string) =>
  expect.objectContaining({ code: 'E_USAGE', message: expect.stringContaining(message) });
export const misshapen = (message: string) =>
  expect.objectContaining({ code: 'E_SHAPE', message: expect.stringContaining(message) });

/** `y = x weight`; the gradient of the weight is the sum of the inputs. */
export function linear(key = 'linear'): TracedProgram<tf.Tensor> {
  return {
    key,
    trace: ({ parameters: { weight }, inputs: { x } }) => {
      const y = tf.mul(x!, weight!);
      return { outputs: { y, sum: tf.sum(y) }, gradients: { weight: tf.sum(x!, 0) } };
    },
  };
}
export const state = { parameters: randomArrays({ weight: [3] }), slots: {} };
export const inputsOf = (batch: number, index = 1) => randomArrays({ x: [batch, 3] }, index);
