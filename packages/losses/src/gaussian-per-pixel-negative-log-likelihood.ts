import { portableLog } from '@latentkit/core';
import { anything, checkOptions } from '@latentkit/core/options';
import * as tf from '@tensorflow/tfjs-core';
import { checkSameBatchShape } from './check-same-batch-shape.ts';
import type { OutputFunction } from './likelihoods/output-schema.ts';
import { withGradient } from './ops/with-gradient.ts';
import { outputRule } from './output-function.ts';
import { asColumn, flattenExamples } from './per-example.ts';
import { LEAST_LOG_SIGMA, softFloor } from './soft-floor.ts';

const HALF_LOG_TWO_PI = 0.5 * portableLog(2 * Math.PI);

/**
 * The negative log density of an image whose every pixel has a normal distribution of its own, mean and deviation.
 *
 * `sum over pixels of ((y - x) / sigma)^2 / 2 + log sigma + log(2 pi) / 2` with `y = output(preActivation)` and `log sigma = -6 +
 * softplus(logSigma + 6)`: pixels that are always the same would have no deviation, and a likelihood without end. The target is data, and no
 * gradient flows to it.
 *
 * @param preActivation `[batch, ...]`, what the decoder gives before its output function.
 * @param logSigma of the same shape.
 * @param target of the same shape, in the output's range: [0, 1], or [-1, 1] for `tanh`.
 * @returns nats per example, `[batch]`.
 * @throws `E_SHAPE` unless the shapes are equal and of rank 2 or more; `E_UNKNOWN_NAME` for an unknown output.
 * @example
 * const zeros = tf.zeros([1, 2]);
 * const target = tf.tensor2d([[1, 0.5]]);
 * gaussianPerPixelNegativeLogLikelihood(zeros, zeros, target).dataSync(); // [1.967]: two times 0.921, and 0.125
 * @see Rybkin, Daniilidis & Levine 2021, Simple and Effective VAE Training with Calibrated Decoders, section 3
 */
export function gaussianPerPixelNegativeLogLikelihood(
  preActivation: tf.Tensor,
  logSigma: tf.Tensor,
  target: tf.Tensor,
  options: { output?: OutputFunction } = {},
): tf.Tensor1D {
  const where = 'gaussianPerPixelNegativeLogLikelihood';
  checkOptions(where, options, { output: anything });
  checkSameBatchShape(where, ['preActivation', preActivation], ['logSigma', logSigma]);
  checkSameBatchShape(where, ['preActivation', preActivation], ['target', target]);
  const rule = outputRule(where, options.output ?? 'sigmoid');
  return withGradient([preActivation, logSigma], (save) => {
    const y = rule.apply(flattenExamples(preActivation)); // [batch, pixels]
    const { log, above } = softFloor(flattenExamples(logSigma), LEAST_LOG_SIGMA);
    const far = tf.sub(y, flattenExamples(target));
    const scaled = tf.mul(far, tf.exp(tf.mul(log, -2))); // (y - x) / sigma^2
    const squares = tf.mul(far, scaled);
    save([y, scaled, squares, above]);
    const each = tf.add(tf.add(tf.mul(squares, 0.5), log), HALF_LOG_TWO_PI);
    const gradient = (upstream: tf.Tensor, [y, scaled, squares, above]: tf.Tensor[]) => {
      const weight = asColumn(upstream);
      const ofLog = tf.mul(tf.mul(tf.sub(1, squares!), tf.sigmoid(above!)), weight);
      return [
        tf.reshape(rule.gradient(tf.mul(scaled!, weight), y!), preActivation.shape),
        tf.reshape(ofLog, logSigma.shape),
      ];
    };
    return { value: tf.sum<tf.Tensor1D>(each, 1), gradient };
  });
}
