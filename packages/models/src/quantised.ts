import type { Tensor2D } from '@tensorflow/tfjs-core';

/** Vectors of an encoder, and the codes nearest to them: an example's one after the other. */
export type Quantised = {
  /** As the encoder gave them, `[batch, latent]`. */
  encoded: Tensor2D;
  /** A one in each vector's row, where its code is: `[batch * vectors, codes]`. */
  chosen: Tensor2D;
};
