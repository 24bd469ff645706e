import type { Batch, NdArray } from '@latentkit/core';

/** A batch ready for a step or for validation: images in the likelihood's data range, and their noise. */
export type PreparedBatch = {
  readonly images: NdArray; // [batch, height, width, channels]
  /** Standard normal; none for a plain autoencoder. */
  readonly noise: NdArray; // [batch, latent], or [batch, 0]
};

/** Puts a batch and its noise together. */
export function prepareBatch({ images, size, shape }: Batch, noise: Float32Array): PreparedBatch {
  const { height, width, channels } = shape;
  return {
    images: { shape: [size, height, width, channels], data: images },
    noise: { shape: [size, noise.length / size], data: noise },
  };
}
