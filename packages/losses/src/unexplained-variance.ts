import { LatentkitError } from '@latentkit/core';
import { anything, checkOptions } from '@latentkit/core/options';
import * as tf from '@tensorflow/tfjs-core';
import { checkSameBatchShape } from './check-same-batch-shape.ts';
import type { OutputFunction } from './likelihoods/output-schema.ts';
import { withGradient } from './ops/with-gradient.ts';
import { outputRule } from './output-function.ts';
import { asColumn, flattenExamples, sizeOfExample } from './per-example.ts';

export interface UnexplainedVarianceOptions {
  /** How a pre-activation becomes the mean; `'sigmoid'` by default. */
  output?: OutputFunction;
  /** What an example costs of which nothing is explained; half the number of its pixels by default. */
  weight?: number;
}

/** The least deviation that an example counts as having, of the range of pixels: a blank one has none to explain, but some noise. */
const LEAST_DEVIATION = 1 / 64;

/**
 * The share of an image's own variance that its reconstruction leaves unexplained, times a weight: images of much and of little contrast count
 * alike, where a squared error has it that a thin stroke given back badly is nearer than a thick one given back well.
 *
 * `weight * sum of (y - x)^2 / (pixels * v)` with `y = output(preActivation)` and `v = mean of (x - mean of x)^2`, each over an image's
 * pixels; that is `weight (1 - R^2)`. An image of less deviation than a 64th of the range of pixels, 4 of 255, counts as having that. By default it is the negative log density of a normal distribution whose deviation is the image's own, less
 * what the model has no say in. The deviation is found from the image that is scored, so that it is a score and no density. Its gradient is
 * `2 weight (y - x) output' / (pixels * v)`; the target is data, and no gradient flows to it.
 *
 * @param preActivation `[batch, ...]`, what the decoder gives before its output function.
 * @param target of the same shape, in the output's range: [0, 1], or [-1, 1] for `tanh`.
 * @returns a number per example, `[batch]`.
 * @throws `E_SHAPE` unless the shapes are equal and of rank 2 or more; `E_RANGE` unless the weight is a finite number above 0;
 * `E_UNKNOWN_NAME` for an unknown output.
 * @example
 * const preActivation = tf.tensor2d([[0, 0]]);
 * const target = tf.tensor2d([[1, 0]]);
 * unexplainedVariance(preActivation, target).dataSync(); // [1]: nothing but the mean is given back
 * @see Serrà et al. 2020, Input complexity and out-of-distribution detection with likelihood-based generative models, for what simple images
 * score without; Draper & Smith 1998, Applied Regression Analysis, section 1.3, for R^2
 */
export function unexplainedVariance(
  preActivation: tf.Tensor,
  target: tf.Tensor,
  options: UnexplainedVarianceOptions = {},
): tf.Tensor1D {
  const where = 'unexplainedVariance';
  checkOptions(where, options, { output: anything, weight: anything });
  checkSameBatchShape(where, ['preActivation', preActivation], ['target', target]);
  const { output = 'sigmoid' } = options;
  const rule = outputRule(where, output);
  const least = (LEAST_DEVIATION * (output === 'tanh' ? 2 : 1)) ** 2;
  const pixels = sizeOfExample(preActivation);
  const { weight = pixels / 2 } = options;
  if (!(Number.isFinite(weight) && weight > 0)) {
    throw new LatentkitError('E_RANGE', `${where}: weight must be a finite number above 0, got ${weight}`);
  }
  return withGradient([preActivation], (save) => {
    const y = rule.apply(flattenExamples(preActivation)); // [batch, pixels]
    const x = flattenExamples(target);
    const far = tf.sub(y, x);
    const fromMean = tf.sub(x, asColumn(tf.div(tf.sum(x, 1), pixels)));
    const variance = tf.maximum(tf.div(tf.sum(tf.square(fromMean), 1), pixels), least);
    const price = tf.div(weight / pixels, variance); // [batch]
    save([y, far, price]);
    const value = tf.mul<tf.Tensor1D>(tf.sum(tf.square(far), 1), price);
    const gradient = (upstream: tf.Tensor, [y, far, price]: tf.Tensor[]) => {
      const perPixel = tf.mul(far!, asColumn(tf.mul(tf.mul(upstream, price!), 2)));
      return [tf.reshape(rule.gradient(perPixel, y!), preActivation.shape)];
    };
    return { value, gradient };
  });
}
