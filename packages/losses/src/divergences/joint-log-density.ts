import { portableLog } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from '../ops/with-gradient.ts';
import type { Gaussian } from './gaussian.ts';
import { checkPairs } from './pairwise-log-density.ts';

const LOG_TWO_PI = portableLog(2 * Math.PI);

/**
 * Log density of every point under every normal distribution: {@link pairwiseLogDensity} summed over dimensions, with no number for each
 * point, distribution and dimension at once.
 *
 * `-1/2 sum over dimensions of ((z - mean)^2 exp(-logVar) + logVar + log(2 pi))`. Differences are squared as they are, one dimension after
 * the other: the square taken apart, which products of matrices could do, loses whole nats where deviations are small. Gradients are such
 * products, and may be: those of z and mean are off by some 1e-7 of `z` in deviations, relatively, that of logVar by 1e-7 of its square.
 *
 * @param z `[points, latent]`.
 * @param q mean and logVar `[distributions, latent]`.
 * @returns nats, `[points, distributions]`, with gradients for z, mean and logVar.
 * @throws `E_SHAPE` where the shapes do not fit.
 * @example
 * const q = { mean: tf.tensor2d([[0], [1]]), logVar: tf.tensor2d([[0], [0]]) };
 * jointLogDensity(tf.tensor2d([[0]]), q).dataSync(); // [-0.919, -1.419]
 * @see Bishop 2006, Pattern Recognition and Machine Learning, equation 2.43
 */
export function jointLogDensity(z: tf.Tensor, q: Gaussian): tf.Tensor2D {
  checkPairs('jointLogDensity', z, q);
  return withGradient([z, q.mean, q.logVar], (save) => {
    const [points, mean, logVar] = [z, q.mean, q.logVar] as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const precision = tf.exp<tf.Tensor2D>(tf.neg(logVar));
    const constant = tf.add(tf.sum(logVar, 1), points.shape[1] * LOG_TWO_PI); // [distributions]
    save([points, mean, precision, tf.mul<tf.Tensor2D>(mean, precision)]);
    return {
      value: tf.mul<tf.Tensor2D>(tf.add(squaredDistances(points, mean, precision), constant), -0.5),
      gradient: (upstream, saved) => gradientsOf(upstream as tf.Tensor2D, saved as tf.Tensor2D[]),
    };
  });
}

/** `sum over dimensions of (z - mean)^2 precision`, `[points, distributions]`. */
function squaredDistances(z: tf.Tensor2D, mean: tf.Tensor2D, precision: tf.Tensor2D): tf.Tensor2D {
  const size = z.shape[1];
  let total: tf.Tensor2D | undefined;
  for (let d = 0; d < size; d++) {
    // A column by a product with a unit vector, which is exact: accelerators record products, and no slices.
    const unit = tf.tensor2d(
      Float32Array.from({ length: size }, (_, i) => (i === d ? 1 : 0)),
      [1, size],
    );
    const column = tf.matMul(z, unit, false, true); // [points, 1]
    const rowOf = (x: tf.Tensor2D) => tf.matMul(unit, x, false, true); // [1, distributions]
    const ofDimension = tf.mul<tf.Tensor2D>(tf.squaredDifference(column, rowOf(mean)), rowOf(precision));
    total = total ? tf.add<tf.Tensor2D>(total, ofDimension) : ofDimension;
  }
  return total ?? tf.zeros([z.shape[0], mean.shape[0]]);
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
