import '@tensorflow/tfjs-backend-cpu';
import { describeLoss } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { absoluteError } from './absolute-error.ts';
import { outputs, preActivation, unitTarget } from './testing/arguments.ts';

for (const output of ['sigmoid', 'tanh', 'linear'] as const) {
  describeLoss(`absoluteError of ${output}`, {
    where: 'absoluteError',
    arguments: [preActivation, unitTarget],
    evaluate: (p, x) => absoluteError(p!, x!, { output }),
    oracle: (p, x) => p!.reduce((sum, l, i) => sum + Math.abs(outputs[output](l) - x![i]!), 0),
  });
}

it('has gradient 0 where the reconstruction is exact', () => {
  const evaluate = (p: tf.Tensor) => absoluteError(p, tf.tensor2d([[0.5, 1]]));
  const [gradient] = tf.grads(evaluate)([tf.zeros([1, 2])], tf.ones([1]));
  expect(Array.from(gradient!.dataSync())).toEqual([0, -0.25]);
});
