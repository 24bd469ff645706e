import '@tensorflow/tfjs-backend-cpu';
import { describeLoss, expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
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

describe.each([-20, -40, -44, -45, -50, -100])('at a log sigma of %d', (logSigma) => {
  it.each([0, 1e-3])(
    'is the float64 value of pixels off by %d, or infinite beyond float32, and never NaN',
    (off) => {
      const [p, x] = [tf.fill([1, 6], 0.25 + off), tf.fill([1, 6], 0.25)];
      const difference = p.dataSync()[0]! - 0.25;
      const constant = 6 * (logSigma + 0.5 * Math.log(2 * Math.PI));
      const expected = constant + (6 * difference ** 2) / 2 / Math.exp(2 * logSigma);
      const evaluate = (preActivation: tf.Tensor, logSigma: tf.Tensor) =>
        gaussianNegativeLogLikelihood(preActivation, x, {
          output: 'linear',
          logSigma: logSigma as tf.Scalar,
        });
      const { value, grads } = tf.valueAndGrads(evaluate)([p, tf.scalar(logSigma)], tf.ones([1]));
      const finite = expected < 3e38;
      if (finite) expectClose(value.dataSync(), [expected], { relative: 1e-4 });
      else expect(value.dataSync()[0]).toBe(Number.POSITIVE_INFINITY);
      const [ofPixels, ofLogSigma] = grads.map((grad) => grad.dataSync());
      expect([...ofPixels!].every((slope) => (off === 0 ? slope === 0 : slope > 0))).toBe(true);
      if (finite) expectClose(ofLogSigma!, [6 - 2 * (expected - constant)], { relative: 1e-4 });
      else expect(ofLogSigma![0]).toBe(Number.NEGATIVE_INFINITY);
    },
  );
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
