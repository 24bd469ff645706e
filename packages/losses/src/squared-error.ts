import { LatentkitError } from '@latentkit/core';
import { anything, checkOptions } from '@latentkit/core/options';
import * as tf from '@tensorflow/tfjs-core';
import { checkSameBatchShape } from './check-same-batch-shape.ts';
import type { OutputFunction } from './likelihoods/output-schema.ts';
import { withGradient } from './ops/with-gradient.ts';
import { outputRule } from './output-function.ts';
import { asColumn, flattenExamples, sizeOfExample } from './per-example.ts';

export interface SquaredErrorOptions {
  /** How a pre-activation becomes the mean; `'sigmoid'` by default. */
  output?: OutputFunction;
  /** The sum over an example's pixels (by default), or their mean as Keras's `mse` has it. */
  pixels?: 'sum' | 'mean';
}

/**
 * Squared distance between a reconstruction and its image: factor 1, no constant.
 *
 * `sum over pixels of (y - x)^2` with `y = output(preActivation)`; divided by the number of pixels with
 * `pixels: 'mean'`. It is the Gaussian negative log likelihood with sigma = sqrt(1/2), less its constant.
 * Its gradient is `2 (y - x) output'`; the target is data, and no gradient flows to it.
 *
 * @param preActivation `[batch, ...]`, what the decoder gives before its output function.
 * @param target of the same shape, in the output's range: [0, 1], or [-1, 1] for `tanh`.
 * @returns a number per example, `[batch]`; see {@link meanOverBatch} for the reduction.
 * @throws `E_SHAPE` unless the shapes are equal and of rank 2 or more; `E_UNKNOWN_NAME` for an unknown output;
 * `E_CONFIG` for another value of `pixels`.
 * @example
 * const preActivation = tf.tensor2d([[0, 0]]);
 * const target = tf.tensor2d([[1, 0.5]]);
 * squaredError(preActivation, target).dataSync(); // [0.25]
 * @see Bishop 2006, Pattern Recognition and Machine Learning, section 3.1.1
 */
export function squaredError(
  preActivation: tf.Tensor,
  target: tf.Tensor,
  options: SquaredErrorOptions = {},
): tf.Tensor1D {
  checkOptions('squaredError', options, { output: anything, pixels: anything });
  const { output = 'sigmoid', pixels = 'sum' } = options;
  checkSameBatchShape('squaredError', ['preActivation', preActivation], ['target', target]);
  const rule = outputRule('squaredError', output);
  if (pixels !== 'sum' && pixels !== 'mean') {
    throw new LatentkitError('E_CONFIG', `squaredError: pixels must be 'sum' or 'mean', got '${pixels}'`);
  }
  const factor = pixels === 'mean' ? 1 / sizeOfExample(preActivation) : 1;
  return withGradient([preActivation], (save) => {
    const y = rule.apply(flattenExamples(preActivation)); // [batch, pixels]
    const x = flattenExamples(target);
    save([y, x]);
    const distance = tf.sum<tf.Tensor1D>(tf.squaredDifference(y, x), 1);
    const value = factor === 1 ? distance : tf.mul<tf.Tensor1D>(distance, factor);
    const gradient = (upstream: tf.Tensor, [y, x]: tf.Tensor[]) => {
      const perPixel = tf.mul(tf.sub(y!, x!), asColumn(tf.mul(upstream, 2 * factor)));
      return [tf.reshape(rule.gradient(perPixel, y!), preActivation.shape)];
    };
    return { value, gradient };
  });
}
