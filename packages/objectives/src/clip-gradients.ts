import { above, checkOptions, checkValue, listRule } from '@latentkit/core/options';
import * as tf from '@tensorflow/tfjs-core';
import { squaredNorm } from './gradient-norm.ts';

/** How to bound gradients: each number to `[-value, value]`, then all together to a norm. */
export interface ClipSpec {
  /** Above 0. */
  readonly value?: number;
  /** Bound of the Euclidean norm over all parameters; above 0. */
  readonly norm?: number;
}

/**
 * Gradients within bounds: by value first, then `g * min(1, norm / |g|)` over all parameters at once.
 *
 * @returns new tensors, one a gradient, of its shape; without a bound, the gradients themselves.
 * @example
 * clipGradients([tf.tensor1d([3, 4])], { norm: 1 }); // [[0.6, 0.8]]
 * @see Pascanu et al.: "On the difficulty of training recurrent neural networks" (2013), algorithm 1
 */
export function clipGradients(gradients: readonly tf.Tensor[], clip: ClipSpec): tf.Tensor[] {
  checkValue('clipGradients', 'gradients', gradients, listRule);
  checkOptions('clipGradients', clip, { value: above(0), norm: above(0) });
  const { value, norm } = clip;
  return tf.tidy(() => {
    let clipped = [...gradients];
    if (value !== undefined) clipped = clipped.map((gradient) => tf.clipByValue(gradient, -value, value));
    if (norm === undefined) return clipped;
    const squares = squaredNorm(clipped);
    // The least divisor keeps zero gradients zero.
    const scale = tf.minimum(1, tf.div(norm, tf.maximum(tf.sqrt(squares), 1e-12)));
    return clipped.map((gradient) => tf.mul(gradient, scale));
  });
}
