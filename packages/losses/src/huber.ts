import { LatentkitError } from '@latentkit/core';
import { anything, checkOptions } from '@latentkit/core/options';
import * as tf from '@tensorflow/tfjs-core';
import { checkSameBatchShape } from './check-same-batch-shape.ts';
import type { OutputFunction } from './likelihoods/output-schema.ts';
import { withGradient } from './ops/with-gradient.ts';
import { outputRule } from './output-function.ts';
import { asColumn, flattenExamples } from './per-example.ts';

export interface HuberOptions {
  /** How a pre-activation becomes the mean; `'sigmoid'` by default. */
  output?: OutputFunction;
  /** Where the square ends and the line begins; 1 by default. */
  delta?: number;
}

/**
 * Huber's distance between a reconstruction and its image: a square near 0, and a line beyond, so that a few pixels that are far off do not rule.
 *
 * `sum over pixels of r^2 / 2` where `|r| <= delta`, else `delta (|r| - delta / 2)`, with `r = output(preActivation) - x`; that is
 * `q (|r| - q / 2)` with `q = min(|r|, delta)`. Its gradient is r bounded by delta; the target is data, and no gradient flows to it.
 *
 * @param preActivation `[batch, ...]`, what the decoder gives before its output function.
 * @param target of the same shape, in the output's range: [0, 1], or [-1, 1] for `tanh`.
 * @returns a number per example, `[batch]`.
 * @throws `E_SHAPE` unless the shapes are equal and of rank 2 or more; `E_RANGE` unless delta is a finite number above 0;
 * `E_UNKNOWN_NAME` for an unknown output.
 * @example
 * const preActivation = tf.tensor2d([[0, 0]]);
 * const target = tf.tensor2d([[1, 0.5]]);
 * huber(preActivation, target, { delta: 0.25 }).dataSync(); // [0.09375]
 * @see Huber 1964, Robust Estimation of a Location Parameter
 */
export function huber(preActivation: tf.Tensor, target: tf.Tensor, options: HuberOptions = {}): tf.Tensor1D {
  checkOptions('huber', options, { output: anything, delta: anything });
  const { output = 'sigmoid', delta = 1 } = options;
  checkSameBatchShape('huber', ['preActivation', preActivation], ['target', target]);
  const rule = outputRule('huber', output);
  if (!(Number.isFinite(delta) && delta > 0)) {
    throw new LatentkitError('E_RANGE', `huber: delta must be a finite number above 0, got ${delta}`);
  }
  return withGradient([preActivation], (save) => {
    const y = rule.apply(flattenExamples(preActivation)); // [batch, pixels]
    const far = tf.sub(y, flattenExamples(target));
    save([y, far]);
    const size = tf.abs(far);
    const near = tf.minimum(size, delta);
    const value = tf.sum<tf.Tensor1D>(tf.mul(near, tf.sub(size, tf.mul(near, 0.5))), 1);
    const gradient = (upstream: tf.Tensor, [y, far]: tf.Tensor[]) => {
      const perPixel = tf.mul(tf.clipByValue(far!, -delta, delta), asColumn(upstream));
      return [tf.reshape(rule.gradient(perPixel, y!), preActivation.shape)];
    };
    return { value, gradient };
  });
}
