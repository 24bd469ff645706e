import { LatentkitError, portableLog } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { checkTensors } from '../check-tensors.ts';
import type { Gate } from '../ops/gate.ts';
import { withGradient } from '../ops/with-gradient.ts';

/**
 * The importance weighted bound, to minimise: minus the logarithm of the mean of k weights.
 *
 * `-(logsumexp over samples of log w - log k)`; with one sample the negative ELBO. Its gradient is minus the normalised
 * weights. With a gate, which the samples went through on their way to the decoder, it tells it those weights: the gradient
 * is then doubly reparameterised.
 *
 * @param logWeights `log p(x, z) - log q(z | x)`, `[batch, samples]`.
 * @returns nats, `[batch]`.
 * @throws `E_SHAPE` unless it is `[batch, samples]` with one sample or more.
 * @example
 * importanceWeighted(tf.tensor2d([[-3, -3]])).dataSync(); // [3]
 * @see Burda, Grosse & Salakhutdinov 2016, Importance Weighted Autoencoders, equation 8
 */
export function importanceWeighted(logWeights: tf.Tensor, gate?: Gate): tf.Tensor1D {
  checkTensors('importanceWeighted', { logWeights });
  const [batch, samples] = logWeights.shape;
  if (logWeights.rank !== 2 || !samples) {
    throw new LatentkitError(
      'E_SHAPE',
      `importanceWeighted: expected [batch, samples] with one sample or more, got [${logWeights.shape.join(', ')}]`,
    );
  }
  return withGradient([logWeights], (save) => {
    const most = tf.max(logWeights, 1, true);
    const powers = tf.exp(tf.sub(logWeights, most));
    const total = tf.sum(powers, 1, true);
    const normalised = tf.div(powers, total); // [batch, samples]
    save([normalised]);
    const logMean = tf.sub(tf.add(tf.log(total), most), portableLog(samples));
    return {
      value: tf.reshape(tf.neg(logMean), [batch!]),
      gradient: (upstream, [normalised]) => {
        gate?.tell(tf.clone(normalised!));
        return [tf.neg(tf.mul(normalised!, tf.reshape(upstream, [batch!, 1])))];
      },
    };
  });
}
