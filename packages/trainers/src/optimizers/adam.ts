import { portablePower } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from './optimizer.ts';

export interface AdamSpec {
  readonly name: 'adam';
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/**
 * Adam: `m = beta1 m + (1 - beta1) g`, `v = beta2 v + (1 - beta2) g^2`,
 * `p -= rate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)`.
 *
 * Epsilon is outside the bias-corrected root, as in the paper's algorithm and PyTorch.
 *
 * @see Kingma & Ba: "Adam: a method for stochastic optimization" (2015), algorithm 1
 */
export function createAdam({
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-7,
}: Partial<AdamSpec> = {}): Optimizer {
  return {
    slots: ['m', 'v'],
    update(parameter, gradient, [m, v], { learningRate, step }) {
      const nextM = tf.add(tf.mul(m!, beta1), tf.mul(gradient, 1 - beta1));
      const nextV = tf.add(tf.mul(v!, beta2), tf.mul(tf.square(gradient), 1 - beta2));
      const correctionM = 1 - portablePower(beta1, step);
      const correctionV = Math.sqrt(1 - portablePower(beta2, step));
      const denominator = tf.add(tf.div(tf.sqrt(nextV), correctionV), epsilon);
      const change = tf.mul(tf.div(nextM, denominator), learningRate / correctionM);
      return { parameter: tf.sub(parameter, change), slots: [nextM, nextV] };
    },
  };
}
