import '@tensorflow/tfjs-backend-cpu';
import { describeLoss } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { type GaussianOptions, gaussianNegativeLogLikelihood } from './gaussian-negative-log-likelihood.ts';
import { squaredError } from './squared-error.ts';
import { outputs, preActivation, unitTarget } from './testing/arguments.ts';

/** Minus the logarithm of the density, as the textbook has it. */
const oracle = (output: keyof typeof outputs, p: Float64Array, x: Float64Array, sigma: number) =>
  p.reduce((sum, l, i) => {
    const z = (outputs[output](l) - x[i]!) / sigma;
    return sum + 0.5 * z * z + Math.log(sigma) + 0.5 * Math.log(2 * Math.PI);
  }, 0);

for (const output of ['sigmoid', 'tanh', 'linear'] as const) {
  describeLoss(`gaussianNegativeLogLikelihood of ${output}, constant sigma`, {
    where: 'gaussianNegativeLogLikelihood',
    arguments: [preActivation, unitTarget],
    evaluate: (p, x) => gaussianNegativeLogLikelihood(p!, x!, { output, sigma: 0.3 }),
    oracle: (p, x) => oracle(output, p!, x!, 0.3),
  });
  describeLoss(`gaussianNegativeLogLikelihood of ${output}, learned sigma`, {
    where: 'gaussianNegativeLogLikelihood',
    arguments: [
      preActivation,
      unitTarget,
      { name: 'logSigma', per: 'batch', draw: (random) => random.normal() / 2, extremes: [-20, 20] },
    ],
    evaluate: (p, x, logSigma) =>
      gaussianNegativeLogLikelihood(p!, x!, { output, logSigma: logSigma as tf.Scalar }),
    oracle: (p, x, logSigma) => oracle(output, p!, x!, Math.exp(logSigma![0]!)),
  });
}

it('is the squared error at sigma = sqrt(1/2), but for the constant log(pi) / 2 per pixel', () => {
  const p = tf.tensor2d([[0.3, -1, 2]]);
  const x = tf.tensor2d([[1, 0, 0.5]]);
  const likelihood = gaussianNegativeLogLikelihood(p, x, { sigma: Math.SQRT1_2 }).dataSync()[0]!;
  expect(likelihood).toBeCloseTo(squaredError(p, x).dataSync()[0]! + 1.5 * Math.log(Math.PI), 5);
});

it('has no slope in logSigma where sigma is the root mean squared error', () => {
  const p = tf.tensor2d([[1, 1, 1, 1]]);
  const x = tf.tensor2d([[0.9, 1.1, 0.9, 1.1]]);
  const evaluate = (logSigma: tf.Tensor) =>
    gaussianNegativeLogLikelihood(p, x, { output: 'linear', logSigma: logSigma as tf.Scalar });
  const [slope] = tf.grads(evaluate)([tf.scalar(Math.log(0.1))], tf.ones([1]));
  expect(slope!.dataSync()[0]).toBeCloseTo(0, 4);
});

it('refuses a sigma that is no standard deviation', () => {
  const tensor = tf.zeros([1, 4]);
  const call = (options: unknown) => () =>
    gaussianNegativeLogLikelihood(tensor, tensor, options as GaussianOptions);
  for (const sigma of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '1']) {
    expect(call({ sigma })).toThrow(`sigma must be a finite number of at least 1e-19, got ${sigma}`);
  }
  expect(call({})).toThrow('expected one of sigma and logSigma, got neither');
  expect(call({ sigma: 1, logSigma: tf.scalar(0) })).toThrow('got both');
  expect(call({ logSigma: tf.zeros([2]) })).toThrow('logSigma must be a scalar [], got [2]');
});
