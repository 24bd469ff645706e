import type { Tensor } from '@tensorflow/tfjs-core';

/** A normal distribution an example with a variance a dimension: `[batch, latent]` both. */
export interface Gaussian {
  readonly mean: Tensor;
  /** The natural logarithm of the variance. */
  readonly logVar: Tensor;
}
