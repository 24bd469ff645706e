import * as tf from '@tensorflow/tfjs-core';
import { checkScalar } from '../check-scalar.ts';
import { checkTensors } from '../check-tensors.ts';
import { withGradient } from '../ops/with-gradient.ts';

/**
 * How far a KL is from the nats that it is meant to have: `|kl - nats|`, whose gradient is the sign.
 *
 * @param kl `[batch]`.
 * @param nats a scalar, which may grow in the course of training; constant to the gradient.
 * @returns `[batch]`.
 * @throws `E_SHAPE` unless nats is a scalar.
 * @example
 * capacity(tf.tensor1d([3, 8]), tf.scalar(5)).dataSync(); // [2, 3]
 * @see Burgess et al. 2018, Understanding disentangling in beta-VAE, equation 8
 */
export function capacity(kl: tf.Tensor, nats: tf.Scalar): tf.Tensor1D {
  checkTensors('capacity', { kl });
  checkScalar('capacity', 'nats', nats);
  return withGradient([kl], (save) => {
    const difference = tf.sub<tf.Tensor1D>(kl, nats);
    save([difference]);
    return {
      value: tf.abs(difference),
      gradient: (upstream, [difference]) => [tf.mul(tf.sign(difference!), upstream)],
    };
  });
}
