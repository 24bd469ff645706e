import * as tf from '@tensorflow/tfjs-core';

/** Sum over all but the bias's own axis: over each example's positions, then over the examples. */
export function biasGradient(dz: tf.Tensor, biasShape: number[]): tf.Tensor {
  return tf.sum(overPositions(dz, biasShape[0]!), 0);
}

/** The sum over each example's positions, `[batch, units]`. */
export function overPositions(dz: tf.Tensor, units: number): tf.Tensor2D {
  const positions: tf.Tensor3D = tf.reshape(dz, [dz.shape[0]!, -1, units]);
  return positions.shape[1] === 1 ? tf.reshape(dz, [dz.shape[0]!, -1]) : tf.sum(positions, 1);
}
