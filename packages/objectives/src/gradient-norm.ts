import * as tf from '@tensorflow/tfjs-core';

/** The sum of the squares of all numbers of gradients, in the order of their parameters. */
export function squaredNorm(gradients: readonly tf.Tensor[]): tf.Tensor {
  let squares: tf.Tensor = tf.scalar(0);
  for (const gradient of gradients) squares = tf.add(squares, tf.sum(tf.square(gradient)));
  return squares;
}
