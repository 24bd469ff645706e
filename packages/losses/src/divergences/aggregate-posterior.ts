import { portableLog } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { add, logSumExp, subtract, sum } from '../ops/index.ts';
import type { Gaussian } from './gaussian.ts';
import { pairwiseLogDensity } from './pairwise-log-density.ts';

/**
 * Log density of codes under the posterior of the whole data, `q(z)`, estimated from a batch: jointly, and as the product
 * of its dimensions. Their difference is the total correlation.
 *
 * `joint_i = logsumexp_j log q(z_i | x_j) - log(batch examples)`; `marginals_i` sums the same of each dimension. Minibatch
 * weighted sampling: both are too low on average, by less for larger batches.
 *
 * @param z `[batch, latent]`, a sample of each posterior.
 * @param q mean and logVar `[batch, latent]`.
 * @param examples in the data that the batch is of.
 * @returns nats, `[batch]` each, with gradients for z, mean and logVar.
 * @throws `E_SHAPE` where the shapes do not fit.
 * @example
 * const { joint, marginals } = aggregatePosterior(z, { mean, logVar }, 60_000);
 * subtract(joint, marginals); // the total correlation, an example each
 * @see Chen et al. 2018, Isolating Sources of Disentanglement in VAEs, equation S6
 */
export function aggregatePosterior(
  z: tf.Tensor2D,
  q: Gaussian,
  examples: number,
): { joint: tf.Tensor1D; marginals: tf.Tensor1D } {
  const pairs = pairwiseLogDensity(z, q); // [batch, batch, latent]
  const [batch, , latent] = pairs.shape;
  const share = portableLog(batch * examples);
  return {
    joint: subtract<tf.Tensor1D>(logSumExp(sum(pairs), 1), tf.scalar(share)),
    marginals: add<tf.Tensor1D>(sum(logSumExp(pairs, 1)), tf.scalar(-latent * share)),
  };
}
