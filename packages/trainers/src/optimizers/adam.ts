import { portablePower } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer, UpdateFormula } from './optimizer.ts';

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
    rule: { name: 'adam', slots: ['m', 'v'] },
    coefficients({ learningRate, step }) {
      const correctionV = Math.sqrt(1 - portablePower(beta2, step));
      const rate = learningRate / (1 - portablePower(beta1, step));
      return [beta1, 1 - beta1, beta2, 1 - beta2, correctionV, epsilon, rate];
    },
  };
}

export const updateByAdam: UpdateFormula = (parameter, gradient, [m, v], coefficients) => {
  const [decayM, shareM, decayV, shareV, correctionV, floor, rate] = coefficients;
  const nextM = tf.add(tf.mul(m!, decayM!), tf.mul(gradient, shareM!));
  const nextV = tf.add(tf.mul(v!, decayV!), tf.mul(tf.square(gradient), shareV!));
  const denominator = tf.add(tf.div(tf.sqrt(nextV), correctionV!), floor!);
  const change = tf.mul(tf.div(nextM, denominator), rate!);
  return { parameter: tf.sub(parameter, change), slots: [nextM, nextV] };
};
