import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './with-gradient.ts';

/**
 * The same numbers as a constant: no gradient flows through.
 *
 * @example
 * tf.grad((x) => multiply(x, stopGradient(x)))(tf.scalar(3)).dataSync(); // [3], not 6
 */
export function stopGradient<Result extends tf.Tensor>(x: Result): Result {
  // A node without inputs: the tape finds no way back to x.
  return withGradient([], () => ({ value: tf.clone(x), gradient: () => [] }));
}
