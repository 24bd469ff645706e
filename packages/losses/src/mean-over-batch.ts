import { LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { checkTensors } from './check-tensors.ts';
import { withGradient } from './ops/with-gradient.ts';

/**
 * The reduction of every Latentkit loss, and its last step: the mean over the batch.
 *
 * Per example, a term is the **sum** over its pixels or over its latent dimensions; over the batch, the loss is
 * the **mean** of its examples. So a loss is in nats per image whatever the batch size, and reconstruction and KL
 * weigh as they do in the ELBO. The one exception has a name: `squaredError` with `pixels: 'mean'`, whose
 * reconstruction weighs 1 / pixels as much, so that the KL counts pixels times more.
 *
 * @param perExample `[batch]`, a term's value.
 * @returns a scalar whose gradient is 1 / batch for each example.
 * @throws `E_SHAPE` unless it is `[batch]` with a batch of one or more.
 * @example
 * meanOverBatch(tf.tensor1d([1, 2, 6])).dataSync(); // [3]
 * @see Kingma & Welling 2014, Auto-Encoding Variational Bayes, equation 8
 */
export function meanOverBatch(perExample: tf.Tensor): tf.Scalar {
  checkTensors('meanOverBatch', { perExample });
  const batch = perExample.size;
  if (perExample.rank !== 1 || batch === 0) {
    throw new LatentkitError(
      'E_SHAPE',
      `meanOverBatch: expected [batch] with one example or more, got [${perExample.shape.join(', ')}]`,
    );
  }
  return withGradient([perExample], () => ({
    value: tf.mul<tf.Scalar>(tf.sum(perExample), 1 / batch),
    gradient: (upstream) => [tf.mul(tf.fill([batch], 1 / batch), upstream)],
  }));
}
