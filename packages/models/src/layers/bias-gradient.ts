import * as tf from '@tensorflow/tfjs-core';

/** Sum over all but the bias's own axis: over each example's positions, then over the examples. */
export function biasGradient(dz: tf.Tensor, biasShape: number[]): tf.Tensor {
  const positions: tf.Tensor3D = tf.reshape(dz, [dz.shape[0]!, -1, biasShape[0]!]);
  const examples: tf.Tensor2D =
    positions.shape[1] === 1 ? tf.reshape(dz, [dz.shape[0]!, -1]) : tf.sum(positions, 1);
  return tf.sum(examples, 0);
}
