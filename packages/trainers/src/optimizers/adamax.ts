import { portablePower } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from './optimizer.ts';

export interface AdamaxSpec {
  readonly name: 'adamax';
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/**
 * Adamax: `m = beta1 m + (1 - beta1) g`, `u = max(beta2 u, |g| + epsilon)`, `p -= rate / (1 - beta1^t) * m / u`.
 *
 * Epsilon keeps `u` above 0 where every gradient was 0, as in PyTorch.
 *
 * @see Kingma & Ba: "Adam: a method for stochastic optimization" (2015), algorithm 2
 */
export function createAdamax({
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-7,
}: Partial<AdamaxSpec> = {}): Optimizer {
  return {
    slots: ['m', 'u'],
    update(parameter, gradient, [m, u], { learningRate, step }) {
      const nextM = tf.add(tf.mul(m!, beta1), tf.mul(gradient, 1 - beta1));
      const nextU = tf.maximum(tf.mul(u!, beta2), tf.add(tf.abs(gradient), epsilon));
      const change = tf.mul(tf.div(nextM, nextU), learningRate / (1 - portablePower(beta1, step)));
      return { parameter: tf.sub(parameter, change), slots: [nextM, nextU] };
    },
  };
}
