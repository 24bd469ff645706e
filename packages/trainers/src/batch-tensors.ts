import * as tf from '@tensorflow/tfjs-core';
import type { PreparedBatch } from './prepared-batch.ts';

/** Copies a batch to the tfjs backend. The caller disposes of both. */
export function batchTensors({ images, noise }: PreparedBatch) {
  return {
    images: tf.tensor4d(images.data, images.shape as tf.Tensor4D['shape']),
    noise: tf.tensor2d(noise.data, noise.shape as tf.Tensor2D['shape']),
  };
}
