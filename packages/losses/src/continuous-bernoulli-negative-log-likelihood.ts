import * as tf from '@tensorflow/tfjs-core';
import { checkSameBatchShape } from './check-same-batch-shape.ts';
import { checkTensors } from './check-tensors.ts';
import { logMeanPower, nearZero, polynomial } from './near-zero.ts';
import { withGradient } from './ops/with-gradient.ts';
import { asColumn, flattenExamples } from './per-example.ts';

/**
 * Negative log density of pixels between 0 and 1 under the continuous Bernoulli distribution, from logits: what cross-entropy of
 * grey pixels lacks to be a likelihood.
 *
 * Its density is `C p^x (1 - p)^(1 - x)` with `p = sigmoid(l)`, and `C = l / tanh(l / 2)`, or 2 where l is 0. A pixel adds `max(l, 0) - l x +
 * log((1 - exp(-|l|)) / |l|)`, a series near 0; the gradient is `mean(l) - x`. The target is data, and no gradient flows to it.
 *
 * @param logits `[batch, ...]`, the decoder's pre-activations.
 * @param target of the same shape, in [0, 1].
 * @returns nats per example, `[batch]`; below zero where densities pass 1.
 * @throws `E_SHAPE` unless the shapes are equal and of rank 2 or more.
 * @example
 * const logits = tf.tensor2d([[0, 2, -2]]);
 * const target = tf.tensor2d([[0.5, 1, 0]]);
 * continuousBernoulliNegativeLogLikelihood(logits, target).dataSync(); // [-1.677]
 * @see Loaiza-Ganem & Cunningham 2019, The continuous Bernoulli: fixing a pervasive error in variational autoencoders, section 3
 */
export function continuousBernoulliNegativeLogLikelihood(logits: tf.Tensor, target: tf.Tensor): tf.Tensor1D {
  const where = 'continuousBernoulliNegativeLogLikelihood';
  checkSameBatchShape(where, ['logits', logits], ['target', target]);
  return withGradient([logits], (save) => {
    const l = flattenExamples(logits); // [batch, pixels]
    const x = flattenExamples(target);
    save([l, x]);
    const value = tf.sum<tf.Tensor1D>(tf.add(tf.sub(tf.relu(l), tf.mul(l, x)), logMeanPower(tf.abs(l))), 1);
    const gradient = (upstream: tf.Tensor, [l, x]: tf.Tensor[]) => {
      const perPixel = tf.sub(meanOf(l!), x!);
      return [tf.reshape(tf.mul(perPixel, asColumn(upstream)), logits.shape)];
    };
    return { value, gradient };
  });
}

/**
 * Means of continuous Bernoulli distributions from their logits: `1 / (1 - exp(-l)) - 1 / l`, and 1/2 where l is 0. It has a
 * gradient.
 *
 * @throws `E_USAGE` for what is no tensor.
 * @example
 * continuousBernoulliMean(tf.tensor1d([0, 2])).dataSync(); // [0.5, 0.6565]
 */
export function continuousBernoulliMean<Result extends tf.Tensor>(logits: Result): Result {
  checkTensors('continuousBernoulliMean', { logits });
  return withGradient([logits], (save) => {
    save([logits]);
    return {
      value: meanOf(logits) as Result,
      gradient: (upstream, [l]) => [tf.mul(upstream, varianceOf(l!))],
    };
  });
}

/** `1/2 + l/12 - l^3/720 + l^5/30240 - l^7/1209600`, or the formula. */
function meanOf(l: tf.Tensor): tf.Tensor {
  const { low, far, choose } = nearZero(l);
  const series = tf.mul(low, polynomial(tf.square(low), [1 / 12, -1 / 720, 1 / 30240, -1 / 1209600]));
  const beyond = tf.sub(tf.neg(tf.reciprocal(tf.expm1(tf.neg(far)))), tf.add(tf.reciprocal(far), 0.5));
  return tf.add(choose(series, tf.mul(tf.sign(l), beyond)), 0.5);
}

/** The mean's slope, the distribution's variance: `1/12 - l^2/240 + l^4/6048 - l^6/172800`, or `1 / l^2 - e / (1 - e)^2`, `e = exp(-|l|)`. */
function varianceOf(l: tf.Tensor): tf.Tensor {
  const { low, far, choose } = nearZero(l);
  const series = polynomial(tf.square(low), [1 / 12, -1 / 240, 1 / 6048, -1 / 172800]);
  const rest = tf.expm1(tf.neg(far));
  const formula = tf.sub(tf.reciprocal(tf.square(far)), tf.div(tf.add(rest, 1), tf.square(rest)));
  return choose(series, formula);
}
