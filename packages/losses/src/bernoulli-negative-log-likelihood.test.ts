import '@tensorflow/tfjs-backend-cpu';
import { describeLoss, expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { bernoulliNegativeLogLikelihood } from './bernoulli-negative-log-likelihood.ts';
import { preActivation, unitTarget } from './testing/arguments.ts';

describeLoss('bernoulliNegativeLogLikelihood', {
  arguments: [preActivation, unitTarget],
  evaluate: (logits, target) => bernoulliNegativeLogLikelihood(logits!, target!),
  oracle: (logits, target) =>
    logits!.reduce(
      (sum, l, i) => sum + Math.max(l, 0) - l * target![i]! + Math.log1p(Math.exp(-Math.abs(l))),
      0,
    ),
});

it('is zero for certainty that is right, and |logit| for certainty that is wrong', () => {
  const logits = tf.tensor2d([
    [80, -80],
    [80, -80],
  ]);
  const target = tf.tensor2d([
    [1, 0],
    [0, 1],
  ]);
  expectClose(bernoulliNegativeLogLikelihood(logits, target).dataSync(), [0, 160], { absolute: 1e-30 });
});

it('tells certainty that is right by how certain it is, the same for both targets', () => {
  const levels = [2, 9, 15, 16, 17, 20, 40];
  const nll = (sign: number, target: number) =>
    levels.map((level) => {
      const logits = tf.tensor2d([[sign * level]]);
      return bernoulliNegativeLogLikelihood(logits, tf.tensor2d([[target]])).dataSync()[0]!;
    });
  const exact = levels.map((level) => Math.log1p(Math.exp(-level))); // 3.06e-7 at 15
  expectClose(nll(1, 1), exact, { relative: 1e-6, absolute: 0 });
  expect(nll(-1, 0)).toEqual(nll(1, 1));
});

it('is log 2 per pixel at logit 0, whatever the target', () => {
  const value = bernoulliNegativeLogLikelihood(tf.zeros([1, 2]), tf.tensor2d([[0.3, 1]])).dataSync()[0];
  expect(value).toBeCloseTo(2 * Math.LN2, 6);
});

it('reads targets of whole numbers and of true and false', () => {
  const logits = tf.tensor2d([[0.5, -1]]);
  const expected = bernoulliNegativeLogLikelihood(logits, tf.tensor2d([[1, 0]])).dataSync();
  for (const dtype of ['int32', 'bool'] as const) {
    const target = tf.tensor2d([[1, 0]], [1, 2], dtype);
    expect(bernoulliNegativeLogLikelihood(logits, target).dataSync()).toEqual(expected);
    const [gradient] = tf.grads((l) => bernoulliNegativeLogLikelihood(l, target))([logits], tf.ones([1]));
    expect(gradient!.dtype).toBe('float32');
  }
});
