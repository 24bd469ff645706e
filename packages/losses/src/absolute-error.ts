import { anything, checkOptions } from '@latentkit/core/options';
import * as tf from '@tensorflow/tfjs-core';
import { checkSameBatchShape } from './check-same-batch-shape.ts';
import type { OutputFunction } from './likelihoods/output-schema.ts';
import { withGradient } from './ops/with-gradient.ts';
import { outputRule } from './output-function.ts';
import { asColumn, flattenExamples } from './per-example.ts';

export interface AbsoluteErrorOptions {
  /** How a pre-activation becomes the mean; `'sigmoid'` by default. */
  output?: OutputFunction;
}

/**
 * Absolute (L1) distance between a reconstruction and its image: factor 1, no constant.
 *
 * `sum over pixels of |y - x|` with `y = output(preActivation)`: the negative log likelihood of a Laplace
 * distribution of scale 1, less its constant. Its gradient is `sign(y - x) output'`, 0 where y = x; the target is
 * data, and no gradient flows to it.
 *
 * @param preActivation `[batch, ...]`, what the decoder gives before its output function.
 * @param target of the same shape, in the output's range: [0, 1], or [-1, 1] for `tanh`.
 * @returns a number per example, `[batch]`; see {@link meanOverBatch} for the reduction.
 * @throws `E_SHAPE` unless the shapes are equal and of rank 2 or more; `E_UNKNOWN_NAME` for an unknown output.
 * @example
 * const preActivation = tf.tensor2d([[0, 0]]);
 * const target = tf.tensor2d([[1, 0.25]]);
 * absoluteError(preActivation, target).dataSync(); // [0.75]
 * @see Zhao et al. 2017, Loss Functions for Image Restoration with Neural Networks, section III.B
 */
export function absoluteError(
  preActivation: tf.Tensor,
  target: tf.Tensor,
  options: AbsoluteErrorOptions = {},
): tf.Tensor1D {
  checkOptions('absoluteError', options, { output: anything });
  const { output = 'sigmoid' } = options;
  checkSameBatchShape('absoluteError', ['preActivation', preActivation], ['target', target]);
  const rule = outputRule('absoluteError', output);
  return withGradient([preActivation], (save) => {
    const y = rule.apply(flattenExamples(preActivation)); // [batch, pixels]
    const x = flattenExamples(target);
    save([y, x]);
    const value = tf.sum<tf.Tensor1D>(tf.abs(tf.sub(y, x)), 1);
    const gradient = (upstream: tf.Tensor, [y, x]: tf.Tensor[]) => {
      const perPixel = tf.mul(tf.sign(tf.sub(y!, x!)), asColumn(upstream));
      return [tf.reshape(rule.gradient(perPixel, y!), preActivation.shape)];
    };
    return { value, gradient };
  });
}
