import '@tensorflow/tfjs-backend-cpu';
import { describeLoss, expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { gaussianNegativeLogLikelihood } from './gaussian-negative-log-likelihood.ts';
import { gaussianPerImageScore } from './gaussian-per-image-score.ts';
import { gaussianPerPixelNegativeLogLikelihood } from './gaussian-per-pixel-negative-log-likelihood.ts';
import { outputs, preActivation, rawScale, unitTarget } from './testing/arguments.ts';

const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

for (const output of ['sigmoid', 'tanh', 'linear'] as const) {
  describeLoss(`gaussianPerPixelNegativeLogLikelihood of ${output}`, {
    where: 'gaussianPerPixelNegativeLogLikelihood',
    arguments: [preActivation, { ...rawScale('logSigma'), extremes: [-80, 40] }, unitTarget],
    evaluate: (p, s, x) => gaussianPerPixelNegativeLogLikelihood(p!, s!, x!, { output }),
    oracle: (p, s, x) =>
      p!.reduce((sum, l, i) => {
        const log = -6 + softplus(s![i]! + 6);
        const z = (outputs[output](l) - x![i]!) / Math.exp(log);
        return sum + z ** 2 / 2 + log + Math.log(2 * Math.PI) / 2;
      }, 0),
    relative: 2e-5,
  });
  describeLoss(`gaussianPerImageScore of ${output}`, {
    where: 'gaussianPerImageScore',
    arguments: [preActivation, unitTarget],
    evaluate: (p, x) => gaussianPerImageScore(p!, x!, { output }),
    oracle: (p, x) => {
      const squares = p!.reduce((sum, l, i) => sum + (outputs[output](l) - x![i]!) ** 2, 0);
      const variance = squares / p!.length + Math.exp(-12);
      return (p!.length / 2) * Math.log(2 * Math.PI * variance) + squares / variance / 2;
    },
  });
}

it('scores an image as the normal distribution does at its best sigma, and no other sigma does better', () => {
  const [p, x] = [tf.tensor2d([[0.3, -1, 2, 0.7]]), tf.tensor2d([[1, 0, 0.5, 0]])];
  const score = gaussianPerImageScore(p, x).dataSync()[0]!;
  const best = Math.sqrt(tf.mean(tf.squaredDifference(tf.sigmoid(p), x)).dataSync()[0]!);
  const at = (sigma: number) => gaussianNegativeLogLikelihood(p, x, { sigma }).dataSync()[0]!;
  expect(score).toBeCloseTo(at(best), 3);
  for (const sigma of [best / 1.1, best * 1.1]) expect(at(sigma)).toBeGreaterThan(score);
});

it('has no end and no gradient without end where an image is given back exactly', () => {
  const x = tf.tensor2d([[0.25, 0.5]]);
  const evaluate = (p: tf.Tensor) => gaussianPerImageScore(p, x, { output: 'linear' });
  const { value, grad } = tf.valueAndGrad(evaluate)(tf.clone(x), tf.ones([1]));
  expectClose(value.dataSync(), [Math.log(2 * Math.PI) - 12]);
  expect([...grad!.dataSync()]).toEqual([0, 0]);
});
