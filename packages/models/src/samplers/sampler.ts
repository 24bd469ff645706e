import type { NamedArrays } from '@latentkit/core';
import { having } from '@latentkit/core/options';

/** Where codes may come from instead of a model's prior: fitted to the codes of images, after training. */
export interface Sampler {
  /** Of {@link SAMPLERS}. */
  readonly type: string;
  /** Numbers of a code. */
  readonly latentDim: number;
  /** What it was fitted to be, by name: all that is needed to make it again. */
  readonly arrays: NamedArrays;
  /** Codes `[count, latent]`; code `i` depends on the seed (0 by default) and on `i` alone. */
  sample(count: number, options?: { seed?: number }): Float32Array;
}

export const samplerRule = having(
  'a sampler',
  { type: 'string', latentDim: 'number', sample: 'function' },
  'fitGaussianMixture and aggregatePosteriorSampler make some',
);

/** A row of {@link SAMPLERS}: how to make one of its arrays again. */
export interface SamplerKind {
  readonly type: string;
  /** Throws `E_FORMAT` where they make none. */
  restore(arrays: NamedArrays): Sampler;
}
