import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer, UpdateFormula } from './optimizer.ts';

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
  return {
    rule: { name: 'rmsprop', slots: ['v'] },
    coefficients: ({ learningRate }) => [rho, 1 - rho, epsilon, learningRate],
  };
}

export const updateByRmsprop: UpdateFormula = (parameter, gradient, [v], coefficients) => {
  const [rho, share, epsilon, rate] = coefficients;
  const nextV = tf.add(tf.mul(v!, rho!), tf.mul(tf.square(gradient), share!));
  const change = tf.mul(tf.div(gradient, tf.add(tf.sqrt(nextV), epsilon!)), rate!);
  return { parameter: tf.sub(parameter, change), slots: [nextV] };
};
