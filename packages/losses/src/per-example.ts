import * as tf from '@tensorflow/tfjs-core';

/** `[batch, ...]` as `[batch, size]`: the same numbers under another shape, nothing is copied. */
export function flattenExamples(tensor: tf.Tensor): tf.Tensor2D {
  const batch = tensor.shape[0]!;
  return tf.reshape(tensor, [batch, sizeOfExample(tensor)]);
}

/** Numbers in one example of `[batch, ...]`. */
export function sizeOfExample(tensor: tf.Tensor): number {
  return tensor.shape.slice(1).reduce((product, size) => product * size, 1);
}

/** A number per example, `[batch]`, as a column `[batch, 1]` that broadcasts over flattened examples. */
export function asColumn(perExample: tf.Tensor): tf.Tensor2D {
  return tf.reshape(perExample, [perExample.size, 1]);
}
