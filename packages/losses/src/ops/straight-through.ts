import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './with-gradient.ts';

/**
 * One tensor's numbers with the gradient of another: `value`, and the upstream gradient as it is for `x`.
 *
 * For what has no slope of its own, as the nearest of some vectors.
 *
 * @param x of the value's shape.
 * @example
 * tf.grad((x) => straightThrough(x, tf.step(x)))(tf.tensor1d([-3, 2])).dataSync(); // [1, 1]
 * @see Bengio et al.: "Estimating or propagating gradients through stochastic neurons" (2013), section 4
 */
export function straightThrough<Result extends tf.Tensor>(x: tf.Tensor, value: Result): Result {
  return withGradient([x], () => ({ value: tf.clone(value), gradient: (upstream) => [tf.clone(upstream)] }));
}
