import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './with-gradient.ts';

/**
 * The same numbers under another shape.
 *
 * @throws tfjs's error where the sizes differ.
 * @example
 * reshape(tf.tensor1d([1, 2, 3, 4]), [2, 2]).shape; // [2, 2]
 */
export function reshape<Result extends tf.Tensor = tf.Tensor>(
  x: tf.Tensor,
  shape: readonly number[],
): Result {
  return withGradient([x], () => ({
    // A copy by tfjs's count: the caller may dispose of it, x stays.
    value: tf.reshape(x, [...shape]) as Result,
    gradient: (upstream) => [tf.reshape(upstream, x.shape)],
  }));
}
