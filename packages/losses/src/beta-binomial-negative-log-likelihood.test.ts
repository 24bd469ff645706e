import '@tensorflow/tfjs-backend-cpu';
import { describeLoss, expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { betaBinomialNegativeLogLikelihood } from './beta-binomial-negative-log-likelihood.ts';
import { levelTarget, preActivation, rawScale } from './testing/arguments.ts';

/** Whole steps of the gamma function: `log(gamma(a + k) / gamma(a))`, from a's logarithm, as a may be too small for a number. */
function logRising(logA: number, k: number): number {
  let sum = k > 0 ? logA : 0;
  for (let i = 1; i < k; i++) sum += Math.log(Math.exp(logA) + i);
  return sum;
}

const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** By products of whole steps alone, with no gamma function. */
function oracle(l: number, raw: number, x: number, trials: number): number {
  const k = Math.round(x * trials);
  const logC = 8 - softplus(8 - raw);
  const choices = logRising(0, trials) - logRising(0, k) - logRising(0, trials - k);
  const [a, b] = [logC - softplus(-l), logC - softplus(l)];
  return logRising(logC, trials) - logRising(a, k) - logRising(b, trials - k) - choices;
}

for (const trials of [255, 1, 4]) {
  describeLoss(`betaBinomialNegativeLogLikelihood of ${trials} trials`, {
    where: 'betaBinomialNegativeLogLikelihood',
    arguments: [preActivation, rawScale('logConcentration'), levelTarget(trials + 1)],
    evaluate: (l, c, x) => betaBinomialNegativeLogLikelihood(l!, c!, x!, { trials }),
    oracle: (l, c, x) => l!.reduce((sum, one, i) => sum + oracle(one, c![i]!, x![i]!, trials), 0),
    relative: 3e-5, // at the largest concentration, logarithms of 2,000 cancel
  });
}

it('is the coin of a Bernoulli pixel where there is one trial, whatever the concentration', () => {
  const logits = tf.tensor2d([[2], [2], [-30]]);
  const raws = tf.tensor2d([[-3], [50], [0]]);
  const target = tf.tensor2d([[1], [0], [1]]);
  const value = betaBinomialNegativeLogLikelihood(logits, raws, target, { trials: 1 });
  expectClose(value.dataSync(), [Math.log1p(Math.exp(-2)), Math.log1p(Math.exp(2)), 30]);
});

it('refuses trials that are none', () => {
  const tensor = tf.zeros([1, 4]);
  for (const trials of [0, -1, 1.5, Number.NaN]) {
    expect(() => betaBinomialNegativeLogLikelihood(tensor, tensor, tensor, { trials })).toThrow(
      `trials must be a whole number from 1 to 65536, got ${trials}`,
    );
  }
});
