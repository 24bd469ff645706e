import { portableLog } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from '../ops/with-gradient.ts';
import type { Gaussian } from './gaussian.ts';
import { checkPairs } from './pairwise-log-density.ts';

const LOG_TWO_PI = portableLog(2 * Math.PI);

/**
 * Log density of every point under every normal distribution: {@link pairwiseLogDensity} summed over dimensions, by three products of
 * matrices instead of a number for each point, distribution and dimension.
 *
 * `z a^T - 1/2 (z^2 w^T + c)` with `w = exp(-logVar)`, `a = mean w` and `c` the sum over dimensions of `mean^2 w + logVar + log(2 pi)`. Squares
 * are taken apart, so where distributions are narrow it rounds more: by some 1e-7 of `z^2 w`, which is the squared distance from the origin
 * in deviations.
 *
 * @param z `[points, latent]`.
 * @param q mean and logVar `[distributions, latent]`.
 * @returns nats, `[points, distributions]`, with gradients for z, mean and logVar.
 * @throws `E_SHAPE` where the shapes do not fit.
 * @example
 * const q = { mean: tf.tensor2d([[0], [1]]), logVar: tf.tensor2d([[0], [0]]) };
 * jointLogDensity(tf.tensor2d([[0]]), q).dataSync(); // [-0.919, -1.419]
 * @see Bishop 2006, Pattern Recognition and Machine Learning, equations 2.70 and 2.71, for the square taken apart
 */
export function jointLogDensity(z: tf.Tensor, q: Gaussian): tf.Tensor2D {
  checkPairs('jointLogDensity', z, q);
  const size = z.shape[1]!;
  const distributions = q.mean.shape[0]!;
  return withGradient([z, q.mean, q.logVar], (save) => {
    const [points, mean, logVar] = [z, q.mean, q.logVar] as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const precision = tf.exp(tf.neg(logVar));
    const pull = tf.mul<tf.Tensor2D>(mean, precision);
    const constant = tf.sum(tf.add(tf.mul(mean, pull), logVar), 1); // [distributions]
    const squares = tf.matMul(tf.mul<tf.Tensor2D>(points, points), precision as tf.Tensor2D, false, true);
    const halves = tf.mul(tf.add(squares, tf.reshape(constant, [1, distributions])), -0.5);
    save([points, mean, precision, pull]);
    return {
      value: tf.sub<tf.Tensor2D>(
        tf.add(tf.matMul(points, pull, false, true), halves),
        (size * LOG_TWO_PI) / 2,
      ),
      gradient: (upstream, saved) => gradientsOf(upstream as tf.Tensor2D, saved as tf.Tensor2D[]),
    };
  });
}

/** Of z, mean and logVar, from sums over points of the upstream gradient, of it times z, and times z^2. */
function gradientsOf(upstream: tf.Tensor2D, [z, mean, precision, pull]: tf.Tensor2D[]): tf.Tensor[] {
  const total = tf.reshape(tf.sum(upstream, 0), [mean!.shape[0], 1]); // [distributions, 1]
  const first = tf.matMul(upstream, z!, true);
  const second = tf.matMul(upstream, tf.mul<tf.Tensor2D>(z!, z!), true);
  const ofZ = tf.sub(tf.matMul(upstream, pull!), tf.mul(z!, tf.matMul(upstream, precision!)));
  const ofMean = tf.mul(precision!, tf.sub(first, tf.mul(mean!, total)));
  // z^2 - 2 z mean + mean^2
  const spread = tf.sub(second, tf.mul(mean!, tf.sub(tf.mul(first, 2), tf.mul(mean!, total))));
  const ofLogVar = tf.mul(tf.sub(tf.mul(precision!, spread), total), 0.5);
  return [ofZ, ofMean, ofLogVar];
}
