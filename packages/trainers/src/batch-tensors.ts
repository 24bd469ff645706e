import type { Batch } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';

/** Copies a batch and its noise to the tfjs backend. The caller disposes of both. */
export function batchTensors({ images, size, shape }: Batch, noise: Float32Array) {
  const { height, width, channels } = shape;
  return {
    images: tf.tensor4d(images, [size, height, width, channels]),
    noise: tf.tensor2d(noise, [size, noise.length / size]),
  };
}
