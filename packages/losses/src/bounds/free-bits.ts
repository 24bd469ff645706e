import { LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { checkTensors } from '../check-tensors.ts';
import { withGradient } from '../ops/with-gradient.ts';

/**
 * A KL that is not pushed below some nats a dimension, so that dimensions stay in use.
 *
 * `sum over dimensions of max(mean over the batch of kl, nats)`: of the batch, not of an example. The gradient is zero in
 * dimensions at or below `nats`.
 *
 * @param perDimension `[batch, latent]`, see {@link klNormal}.
 * @param nats at least 0, a dimension.
 * @returns a scalar.
 * @throws `E_SHAPE` unless it is `[batch, latent]`; `E_RANGE` for nats below 0.
 * @example
 * freeBits(tf.tensor2d([[0.1, 2]]), 0.5).dataSync(); // [2.5]
 * @see Kingma et al. 2016, Improved Variational Inference with Inverse Autoregressive Flow, equation 15
 */
export function freeBits(perDimension: tf.Tensor, nats: number): tf.Scalar {
  checkTensors('freeBits', { perDimension });
  if (perDimension.rank !== 2 || perDimension.shape[0] === 0) {
    throw new LatentkitError(
      'E_SHAPE',
      `freeBits: expected [batch, latent] with one example or more, got [${perDimension.shape.join(', ')}]`,
    );
  }
  if (!Number.isFinite(nats) || nats < 0) {
    throw new LatentkitError('E_RANGE', `freeBits: nats must be a finite number of at least 0, got ${nats}`);
  }
  const batch = perDimension.shape[0]!;
  return withGradient([perDimension], (save) => {
    const means = tf.mul(tf.sum(perDimension, 0), 1 / batch); // [latent]
    save([means]);
    return {
      value: tf.sum<tf.Scalar>(tf.maximum(means, nats)),
      gradient: (upstream, [means]) => {
        const counted = tf.mul(tf.step(tf.sub(means!, nats)), 1 / batch);
        return [tf.mul(tf.ones(perDimension.shape), tf.mul(counted, upstream))];
      },
    };
  });
}
