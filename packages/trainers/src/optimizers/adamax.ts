import { portablePower } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer, UpdateFormula } from './optimizer.ts';

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
    rule: { name: 'adamax', slots: ['m', 'u'] },
    coefficients: ({ learningRate, step }) => [
      ...[beta1, 1 - beta1, beta2, epsilon],
      learningRate / (1 - portablePower(beta1, step)),
    ],
  };
}

export const updateByAdamax: UpdateFormula = (parameter, gradient, [m, u], coefficients) => {
  const [decayM, shareM, decayU, floor, rate] = coefficients;
  const nextM = tf.add(tf.mul(m!, decayM!), tf.mul(gradient, shareM!));
  const nextU = tf.maximum(tf.mul(u!, decayU!), tf.add(tf.abs(gradient), floor!));
  const change = tf.mul(tf.div(nextM, nextU), rate!);
  return { parameter: tf.sub(parameter, change), slots: [nextM, nextU] };
};
