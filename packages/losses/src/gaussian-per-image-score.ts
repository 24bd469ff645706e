import { portableExp, portableLog } from '@latentkit/core';
import { anything, checkOptions } from '@latentkit/core/options';
import * as tf from '@tensorflow/tfjs-core';
import { checkSameBatchShape } from './check-same-batch-shape.ts';
import type { OutputFunction } from './likelihoods/output-schema.ts';
import { withGradient } from './ops/with-gradient.ts';
import { outputRule } from './output-function.ts';
import { asColumn, flattenExamples, sizeOfExample } from './per-example.ts';
import { LEAST_LOG_SIGMA } from './soft-floor.ts';

const LOG_TWO_PI = portableLog(2 * Math.PI);

/** What is added to the squared deviation, so that an image given back exactly does not have a likelihood without end. */
const LEAST_VARIANCE = portableExp(2 * LEAST_LOG_SIGMA);

/**
 * The negative log density of an image under the normal distribution that fits it best: its deviation is the root mean squared error of the
 * image, which is where the density is greatest.
 *
 * `pixels / 2 (log(2 pi) + log v) + sum of (y - x)^2 / (2 v)` with `v = mean of (y - x)^2 + exp(-12)`. The deviation is found from the image
 * that is scored, so that this is a score in nats and no density: it does not integrate to one. Its gradient is `(y - x) / v (1 + exp(-12) / v)`.
 *
 * @param preActivation `[batch, ...]`, what the decoder gives before its output function.
 * @param target of the same shape, in the output's range: [0, 1], or [-1, 1] for `tanh`.
 * @returns nats per example, `[batch]`.
 * @throws `E_SHAPE` unless the shapes are equal and of rank 2 or more; `E_UNKNOWN_NAME` for an unknown output.
 * @example
 * const preActivation = tf.tensor2d([[0, 0]]);
 * const target = tf.tensor2d([[1, 0]]);
 * gaussianPerImageScore(preActivation, target).dataSync(); // [1.452]: 1 + log(2 pi) + 2 log 0.5
 * @see Rybkin, Daniilidis & Levine 2021, Simple and Effective VAE Training with Calibrated Decoders, section 3
 */
export function gaussianPerImageScore(
  preActivation: tf.Tensor,
  target: tf.Tensor,
  options: { output?: OutputFunction } = {},
): tf.Tensor1D {
  const where = 'gaussianPerImageScore';
  checkOptions(where, options, { output: anything });
  checkSameBatchShape(where, ['preActivation', preActivation], ['target', target]);
  const rule = outputRule(where, options.output ?? 'sigmoid');
  const pixels = sizeOfExample(preActivation);
  return withGradient([preActivation], (save) => {
    const y = rule.apply(flattenExamples(preActivation)); // [batch, pixels]
    const far = tf.sub(y, flattenExamples(target));
    const total = tf.sum(tf.square(far), 1);
    const variance = tf.add(tf.div(total, pixels), LEAST_VARIANCE); // [batch]
    save([y, far, variance]);
    const scale = tf.mul(tf.add(tf.log(variance), LOG_TWO_PI), pixels / 2);
    const value = tf.add<tf.Tensor1D>(tf.mul(tf.div(total, variance), 0.5), scale);
    const gradient = (upstream: tf.Tensor, [y, far, variance]: tf.Tensor[]) => {
      const part = tf.add(tf.div(LEAST_VARIANCE, variance!), 1);
      const weight = tf.mul(upstream, tf.div(part, variance!));
      return [tf.reshape(rule.gradient(tf.mul(far!, asColumn(weight)), y!), preActivation.shape)];
    };
    return { value, gradient };
  });
}
