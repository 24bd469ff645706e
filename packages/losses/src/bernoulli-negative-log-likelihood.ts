import * as tf from '@tensorflow/tfjs-core';
import { checkSameBatchShape } from './check-same-batch-shape.ts';
import { withGradient } from './ops/with-gradient.ts';
import { asColumn, flattenExamples } from './per-example.ts';

/**
 * Cross-entropy of images whose pixels are coins, from logits: no sigmoid or logarithm can overflow.
 *
 * `sum over pixels of max(l, 0) - l x + softplus(-|l|)`, which is `-x log p - (1 - x) log(1 - p)` with `p = sigmoid(l)`.
 * Its gradient is `sigmoid(l) - x`; the target is data, and no gradient flows to it. Targets between 0 and 1 are
 * allowed, as is the custom for grey images, but then this is no log likelihood: its least value is not 0.
 *
 * @param logits `[batch, ...]`, the decoder's pre-activations.
 * @param target of the same shape, in [0, 1].
 * @returns nats per example, `[batch]`; see {@link meanOverBatch} for the reduction.
 * @throws `E_SHAPE` unless the shapes are equal and of rank 2 or more.
 * @example
 * const logits = tf.tensor2d([[0, 2, -2]]);
 * const target = tf.tensor2d([[1, 1, 0]]);
 * bernoulliNegativeLogLikelihood(logits, target).dataSync(); // [0.947]: log 2 + 2 log(1 + exp(-2))
 * @see Kingma & Welling 2014, Auto-Encoding Variational Bayes, appendix C.1
 */
export function bernoulliNegativeLogLikelihood(logits: tf.Tensor, target: tf.Tensor): tf.Tensor1D {
  checkSameBatchShape('bernoulliNegativeLogLikelihood', ['logits', logits], ['target', target]);
  return withGradient([logits], (save) => {
    const l = flattenExamples(logits); // [batch, pixels]
    const x = flattenExamples(target);
    save([l, x]);
    // Not softplus(l) - l x: at a logit of 15 and a target of 1, 15.0000003 would round to 15, and the difference to 0.
    const rest = tf.softplus(tf.neg(tf.abs(l)));
    const value = tf.sum<tf.Tensor1D>(tf.add(tf.sub(tf.relu(l), tf.mul(l, x)), rest), 1);
    const gradient = (upstream: tf.Tensor, [l, x]: tf.Tensor[]) => {
      const perPixel = tf.sub(tf.sigmoid(l!), x!);
      return [tf.reshape(tf.mul(perPixel, asColumn(upstream)), logits.shape)];
    };
    return { value, gradient };
  });
}
