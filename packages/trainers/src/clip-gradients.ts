import * as tf from '@tensorflow/tfjs-core';

/** How to bound gradients: each number to `[-value, value]`, then all together to a norm. */
export interface ClipSpec {
  readonly value?: number;
  /** Bound of the Euclidean norm over all parameters. */
  readonly norm?: number;
}

/**
 * Gradients within bounds: by value first, then `g * min(1, norm / |g|)` over all parameters at once.
 *
 * @see Pascanu et al.: "On the difficulty of training recurrent neural networks" (2013), algorithm 1
 */
export function clipGradients(gradients: readonly tf.Tensor[], { value, norm }: ClipSpec): tf.Tensor[] {
  let clipped = [...gradients];
  if (value !== undefined) clipped = clipped.map((gradient) => tf.clipByValue(gradient, -value, value));
  if (norm === undefined) return clipped;
  let squares: tf.Tensor = tf.scalar(0);
  for (const gradient of clipped) squares = tf.add(squares, tf.sum(tf.square(gradient)));
  const scale = tf.minimum(1, tf.div(norm, tf.maximum(tf.sqrt(squares), 1e-12)));
  return clipped.map((gradient) => tf.mul(gradient, scale));
}
