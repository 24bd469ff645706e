import '@tensorflow/tfjs-backend-cpu';
import { describeLoss, expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import {
  continuousBernoulliMean,
  continuousBernoulliNegativeLogLikelihood,
} from './continuous-bernoulli-negative-log-likelihood.ts';
import { preActivation, unitTarget } from './testing/arguments.ts';

/** `log((1 - exp(-a)) / a)` in float64. */
const logMeanPower = (a: number) => (a < 1e-5 ? -a / 2 : Math.log(-Math.expm1(-a) / a));
const oracle = (l: number, x: number) => Math.max(l, 0) - l * x + logMeanPower(Math.abs(l));

describeLoss('continuousBernoulliNegativeLogLikelihood', {
  arguments: [preActivation, unitTarget],
  evaluate: (logits, target) => continuousBernoulliNegativeLogLikelihood(logits!, target!),
  oracle: (logits, target) => logits!.reduce((sum, l, i) => sum + oracle(l, target![i]!), 0),
});

const LOGITS = [0, 1e-6, 1e-3, 0.1, 0.5, 0.999, 1, 1.001, 1.5, 4, 20, 88].flatMap((l) => [l, -l]);

it('has neither a gap nor a hole near 1/2, where its own formula is 0 / 0', () => {
  const logits = tf.tensor2d(LOGITS, [LOGITS.length, 1]);
  const target = tf.fill([LOGITS.length, 1], 0.3);
  expectClose(
    continuousBernoulliNegativeLogLikelihood(logits, target).dataSync(),
    LOGITS.map((l) => oracle(Math.fround(l), Math.fround(0.3))),
    { relative: 2e-6, absolute: 1.5e-7 },
  );
});

/** By quadrature of the density itself, with no formula of the mean. */
function momentsOf(l: number): { mean: number; variance: number } {
  const steps = 20_000;
  const sums = [0, 0, 0];
  for (let i = 0; i < steps; i++) {
    const x = (i + 0.5) / steps;
    const density = Math.exp(l * x - Math.max(l, 0));
    for (const power of [0, 1, 2]) sums[power]! += density * x ** power;
  }
  const mean = sums[1]! / sums[0]!;
  return { mean, variance: sums[2]! / sums[0]! - mean ** 2 };
}

it('has the mean of the density, and its variance for the slope of the mean', () => {
  const logits = tf.tensor1d(LOGITS);
  const { value, grad } = tf.valueAndGrad(continuousBernoulliMean)(logits, tf.onesLike(logits));
  const moments = LOGITS.map(momentsOf);
  expectClose(
    value.dataSync(),
    moments.map(({ mean }) => mean),
    { absolute: 2e-7 },
  );
  expectClose(
    grad!.dataSync(),
    moments.map(({ variance }) => variance),
    { absolute: 2e-7 },
  );
});

it('is no cross-entropy: that lacks a constant which depends on the logit', () => {
  const [logits, target] = [tf.tensor2d([[2]]), tf.tensor2d([[0.25]])];
  const crossEntropy = Math.log1p(Math.exp(-2)) + 2 - 0.5;
  const constant = Math.log((2 * Math.atanh(Math.tanh(1))) / Math.tanh(1)); // log C, as the paper has it
  const value = continuousBernoulliNegativeLogLikelihood(logits, target).dataSync()[0];
  expect(value).toBeCloseTo(crossEntropy - constant, 6);
});
