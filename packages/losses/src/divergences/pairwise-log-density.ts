import { LatentkitError, portableLog } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { checkGaussian, checkTensors } from '../check-tensors.ts';
import { withGradient } from '../ops/with-gradient.ts';
import type { Gaussian } from './gaussian.ts';

const LOG_TWO_PI = portableLog(2 * Math.PI);

/**
 * Log density of every point under every normal distribution, dimension by dimension.
 *
 * `-1/2 (log(2 pi) + logVar_j + (z_i - mean_j)^2 / exp(logVar_j))` for point `i` and distribution `j`. Its gradients are
 * those of `normalLogDensity`, summed over the other side of the pair.
 *
 * @param z `[points, latent]`.
 * @param q mean and logVar `[distributions, latent]`.
 * @returns nats, `[points, distributions, latent]`.
 * @throws `E_SHAPE` where the shapes do not fit.
 * @example
 * const q = { mean: tf.tensor2d([[0], [1]]), logVar: tf.tensor2d([[0], [0]]) };
 * pairwiseLogDensity(tf.tensor2d([[0]]), q).dataSync(); // [-0.919, -1.419]
 */
export function pairwiseLogDensity(z: tf.Tensor, q: Gaussian): tf.Tensor3D {
  checkPairs('pairwiseLogDensity', z, q);
  const size = z.shape[1]!;
  const [points, distributions] = [z.shape[0]!, q.mean.shape[0]!];
  const asColumns = (x: tf.Tensor) => tf.reshape(x, [1, distributions, size]);
  return withGradient([z, q.mean, q.logVar], (save) => {
    const logVar = asColumns(q.logVar);
    const difference = tf.sub(tf.reshape(z, [points, 1, size]), asColumns(q.mean)); // [points, distributions, latent]
    const scaled = tf.mul(difference, tf.exp(tf.neg(logVar)));
    const squares = tf.mul(difference, scaled);
    save([scaled, squares]);
    const halves = tf.mul(tf.add(squares, logVar), -0.5);
    return {
      value: tf.sub<tf.Tensor3D>(halves, LOG_TWO_PI / 2),
      gradient: (upstream, [scaled, squares]) => {
        const ofMean = tf.mul(scaled!, upstream);
        const ofLogVar = tf.mul(tf.sub(squares!, 1), tf.mul(upstream, 0.5));
        return [tf.neg(tf.sum(ofMean, 1)), tf.sum(ofMean, 0), tf.sum(ofLogVar, 0)];
      },
    };
  });
}

/** Throws `E_SHAPE` unless points and distributions have as many dimensions. */
export function checkPairs(where: string, z: tf.Tensor, q: Gaussian): void {
  checkTensors(where, { z });
  checkGaussian(where, 'q', q);
  const fits = [q.mean, q.logVar].every(
    ({ shape }) => String(shape) === String([q.mean.shape[0], z.shape[1]]),
  );
  if (z.rank === 2 && fits) return;
  const shapes = [z, q.mean, q.logVar].map(({ shape }) => `[${shape.join(', ')}]`).join(', ');
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: expected z [points, latent], mean and logVar [distributions, latent], got ${shapes}`,
  );
}
