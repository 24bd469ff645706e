import * as tf from '@tensorflow/tfjs-core';
import { checkSameBatchShape } from '../check-same-batch-shape.ts';
import { checkGaussian } from '../check-tensors.ts';
import { withGradient } from '../ops/with-gradient.ts';
import type { Gaussian } from './gaussian.ts';

/**
 * Divergence of normal distributions from others, KL(q || p), dimension by dimension; from N(0, 1) without `p`.
 *
 * `1/2 (exp(d) - 1 - d + (mean_q - mean_p)^2 / var_p)` with `d = logVar_q - logVar_p`. Their sum over the dimensions is
 * the KL; for N(0, 1), `klStandardNormal` gives that in one.
 *
 * @param q mean and logVar `[batch, latent]`.
 * @param p of the same shape.
 * @returns nats, `[batch, latent]`, never negative but for rounding.
 * @throws `E_SHAPE` unless all shapes are equal and of rank 2 or more.
 * @example
 * klNormal({ mean: tf.tensor2d([[1, 0]]), logVar: tf.tensor2d([[0, 0]]) }).dataSync(); // [0.5, 0]
 * @see Kingma & Welling 2014, Auto-Encoding Variational Bayes, appendix B
 */
export function klNormal(q: Gaussian, p?: Gaussian): tf.Tensor {
  checkGaussian('klNormal', 'q', q);
  if (p !== undefined) checkGaussian('klNormal', 'p', p);
  checkSameBatchShape('klNormal', ['mean', q.mean], ['logVar', q.logVar]);
  if (p === undefined) {
    return withGradient([q.mean, q.logVar], (save) => {
      // exp(d) - 1 in one: near the prior, where d is small, the difference would lose most of its digits.
      const excess = tf.expm1(q.logVar);
      save([q.mean, excess]);
      return {
        value: tf.mul(tf.add(tf.square(q.mean), tf.sub(excess, q.logVar)), 0.5),
        gradient: (upstream, [mean, excess]) => [
          tf.mul(upstream, mean!),
          tf.mul(excess!, tf.mul(upstream, 0.5)),
        ],
      };
    });
  }
  checkSameBatchShape('klNormal', ['q.mean', q.mean], ['p.mean', p.mean]);
  checkSameBatchShape('klNormal', ['p.mean', p.mean], ['p.logVar', p.logVar]);
  return withGradient([q.mean, q.logVar, p.mean, p.logVar], (save) => {
    const d = tf.sub(q.logVar, p.logVar);
    const excess = tf.expm1(d);
    const difference = tf.sub(q.mean, p.mean);
    const scaled = tf.mul(difference, tf.exp(tf.neg(p.logVar))); // difference / var_p
    const squares = tf.mul(difference, scaled);
    save([excess, scaled, squares]);
    return {
      value: tf.mul(tf.add(squares, tf.sub(excess, d)), 0.5),
      gradient: (upstream, [excess, scaled, squares]) => {
        const half = tf.mul(upstream, 0.5);
        const ofMean = tf.mul(upstream, scaled!);
        return [
          ofMean,
          tf.mul(half, excess!),
          tf.neg(ofMean),
          tf.neg(tf.mul(half, tf.add(excess!, squares!))),
        ];
      },
    };
  });
}
