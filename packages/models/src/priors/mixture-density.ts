import { portableLog } from '@latentkit/core';
import { type Gaussian, jointLogDensity } from '@latentkit/losses';
import { logSumExp, reshape, subtract } from '@latentkit/losses/ops';
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
      const pairs = jointLogDensity(reshape(z, [batch * samples, size]), mixed);
      const total = logSumExp(pairs, 1); // [batch * samples]
      const share = tf.scalar(portableLog(mixed.mean.shape[0]!));
      return reshape<tf.Tensor2D>(subtract(total, share), [batch, samples]);
    },
  };
}
