import { portableLog } from '@latentkit/core';
import { type Gaussian, pairwiseLogDensity } from '@latentkit/losses';
import { logSumExp, reshape, subtract, sum } from '@latentkit/losses/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { Density } from '../pass.ts';

/**
 * `log 1/C sum over components of N(z; mean, exp(logVar))`, with a gradient for z and for the components.
 *
 * @param components makes them when first asked, `[components, latent]`.
 */
export function mixtureDensity(components: () => Gaussian): Density {
  return {
    logDensity(z) {
      const [batch, samples, size] = z.shape as [number, number, number];
      const mixed = components();
      const pairs = pairwiseLogDensity(reshape(z, [batch * samples, size]), mixed);
      const total = logSumExp(sum(pairs), 1); // [batch * samples]
      const share = tf.scalar(portableLog(mixed.mean.shape[0]!));
      return reshape<tf.Tensor2D>(subtract(total, share), [batch, samples]);
    },
  };
}
