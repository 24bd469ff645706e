import * as tf from '@tensorflow/tfjs-core';

/** Sum over all but the bias's own axis, as a product with ones: tfjs's sum would transpose first. */
export function biasGradient(dz: tf.Tensor, biasShape: number[]): tf.Tensor {
  const rows: tf.Tensor2D = tf.reshape(dz, [-1, biasShape[0]!]);
  return tf.reshape(tf.matMul(tf.ones([1, rows.shape[0]]), rows), biasShape);
}
