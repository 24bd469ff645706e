import '@tensorflow/tfjs-backend-cpu';
import { describeLoss, expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { klStandardNormal } from './kl-standard-normal.ts';

describeLoss('klStandardNormal', {
  arguments: [
    { name: 'mean', draw: (random) => random.normal(), extremes: [-80, 80] },
    { name: 'logVar', draw: (random) => random.normal(), extremes: [-80, 80] },
  ],
  evaluate: (mean, logVar) => klStandardNormal(mean!, logVar!),
  oracle: (mean, logVar) =>
    mean!.reduce((sum, m, i) => sum - 0.5 * (1 + logVar![i]! - m * m - Math.exp(logVar![i]!)), 0),
});

it('is zero for a standard normal, and so are its gradients', () => {
  const zeros = tf.zeros([2, 3]);
  expect(Array.from(klStandardNormal(zeros, zeros).dataSync())).toEqual([0, 0]);
  const gradients = tf.grads(klStandardNormal)([zeros, zeros], tf.ones([2]));
  for (const gradient of gradients) expect(Array.from(gradient.dataSync())).toEqual([0, 0, 0, 0, 0, 0]);
});

it('keeps its digits near the prior, where the closed form as written loses all of them', () => {
  // v^2 / 4 to leading order; in float32, 1 + v - exp(v) at v = 2^-12 has one digit at best.
  const logVar = 2 ** -12;
  const value = klStandardNormal(tf.zeros([1, 1]), tf.fill([1, 1], logVar)).dataSync();
  expectClose(value, [0.5 * (Math.expm1(logVar) - logVar)], { relative: 1e-3, absolute: 0 });
});
