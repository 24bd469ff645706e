import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from './optimizer.ts';

export interface RmspropSpec {
  readonly name: 'rmsprop';
  readonly rho?: number;
  readonly epsilon?: number;
}

/**
 * RMSprop: `v = rho v + (1 - rho) g^2`, `p -= rate * g / (sqrt(v) + epsilon)`; epsilon outside the root, as in PyTorch.
 *
 * @see Tieleman & Hinton: "Lecture 6.5", Neural networks for machine learning (2012)
 */
export function createRmsprop({ rho = 0.9, epsilon = 1e-7 }: Partial<RmspropSpec> = {}): Optimizer {
  const slots = ['v'];
  return {
    slots,
    rule: { name: 'rmsprop', slots },
    coefficients: ({ learningRate }) => [rho, 1 - rho, epsilon, learningRate],
    update(parameter, gradient, [v], { learningRate }) {
      const nextV = tf.add(tf.mul(v!, rho), tf.mul(tf.square(gradient), 1 - rho));
      const change = tf.mul(tf.div(gradient, tf.add(tf.sqrt(nextV), epsilon)), learningRate);
      return { parameter: tf.sub(parameter, change), slots: [nextV] };
    },
  };
}
