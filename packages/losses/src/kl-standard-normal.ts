import * as tf from '@tensorflow/tfjs-core';
import { checkSameBatchShape } from './check-same-batch-shape.ts';
import { withGradient } from './ops/with-gradient.ts';
import { asColumn, flattenExamples } from './per-example.ts';

/**
 * Divergence of the encoder's normal distribution from the prior, KL(N(mean, exp(logVar)) || N(0, 1)).
 *
 * `-1/2 sum over latent dimensions of 1 + logVar - mean^2 - exp(logVar)`. Its gradients are `mean` and
 * `1/2 (exp(logVar) - 1)`. `exp(logVar)` is infinite in float32 from logVar = 88.8.
 *
 * @param mean `[batch, latent]`, or any shape of rank 2 or more.
 * @param logVar of the same shape: the natural logarithm of the variance, not of the standard deviation.
 * @returns nats per example, `[batch]`, never negative but for rounding; see {@link meanOverBatch}.
 * @throws `E_SHAPE` unless the shapes are equal and of rank 2 or more.
 * @example
 * const mean = tf.tensor2d([[1, -1]]);
 * const logVar = tf.tensor2d([[0, 0]]);
 * klStandardNormal(mean, logVar).dataSync(); // [1]
 * @see Kingma & Welling 2014, Auto-Encoding Variational Bayes, appendix B
 */
export function klStandardNormal(mean: tf.Tensor, logVar: tf.Tensor): tf.Tensor1D {
  checkSameBatchShape('klStandardNormal', ['mean', mean], ['logVar', logVar]);
  return withGradient([mean, logVar], (save) => {
    const m = flattenExamples(mean); // [batch, latent]
    const v = flattenExamples(logVar);
    // exp(v) - 1 in one: near the prior, where v is small, the difference would lose most of its digits.
    const excess = tf.expm1(v);
    save([m, excess]);
    const twice = tf.add(tf.square(m), tf.sub(excess, v));
    const value = tf.mul<tf.Tensor1D>(tf.sum<tf.Tensor1D>(twice, 1), 0.5);
    const gradient = (upstream: tf.Tensor, [m, excess]: tf.Tensor[]) => {
      const column = asColumn(upstream);
      const ofMean = tf.mul(m!, column);
      const ofLogVar = tf.mul(excess!, tf.mul(column, 0.5));
      return [tf.reshape(ofMean, mean.shape), tf.reshape(ofLogVar, logVar.shape)];
    };
    return { value, gradient };
  });
}
