import type { Gaussian, Tensors } from '@latentkit/losses';
import type { Gate } from '@latentkit/losses/ops';
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Quantised } from './quantised.ts';

/** What a pass computes from. */
export interface PassContext {
  readonly parameters: Tensors;
  /** `x`: images; `labels`: one-hot, where the model has a condition; `noise.<name>`: the model's noise. First dimension: examples. */
  readonly inputs: Tensors;
  /** Numbers for the whole batch, `[]`: weights, capacities. */
  readonly scalars: Tensors;
  readonly training: boolean;
  /** New numbers for state that no gradient moves, heard in training from the first player. */
  emit(name: string, next: Tensor): void;
}

export interface PassOptions {
  /** Latent samples an example; 1 by default. Their noise is then `[batch, samples, ...]`. */
  samples?: number;
  /** What the samples go through on the way to the decoder; the posterior's own density is then a constant to the gradient. */
  gate?: Gate;
}

/** A distribution of codes. */
export interface Density {
  /** `[batch, samples, size] -> [batch, samples]`. */
  logDensity(z: Tensor): Tensor2D;
  /** KL(q || this) in closed form, `[batch]`, where there is one. */
  kl?(q: Gaussian): Tensor1D;
  /** The same dimension by dimension, `[batch, size]`. */
  klPerDimension?(q: Gaussian): Tensor2D;
}

/** A latent variable of a pass. */
export interface Latent {
  readonly posterior: Gaussian;
  /** `[batch, samples, size]`. */
  readonly sample: Tensor;
  readonly prior: Density;
}

/** What a model that tells classes makes of a batch: of each example, every class at once. */
export interface ClassPass {
  /** `log q(y | x)`, `[batch, classes]`. */
  logProbabilities(): Tensor2D;
  /** `-log p(x | y, z)`, `[batch, classes]`. */
  negativeLogLikelihoods(): Tensor2D;
  /** `KL(q(z | x, y) || p(z))`, `[batch, classes]`; by the sample where the prior has no closed form. */
  kls(): Tensor2D;
}

/**
 * What was computed of a batch, each part made when first asked for and then kept: for use within one `tf.tidy` or gradient.
 */
export interface Pass {
  readonly batch: number;
  readonly samples: number;
  readonly x: Tensor;
  readonly context: PassContext;
  readonly gate?: Gate;
  /** By name: `{ z }`; `{}` of a point. */
  readonly latents: Readonly<Record<string, Latent>>;
  /** What became of the encoder's vectors, of a model with a codebook. */
  readonly quantised?: Quantised;
  /** What the decoder reads, `[batch * samples, size]`: the samples of an example one after the other. */
  readonly code: Tensor;
  /** The mean over the samples of `-log p(x | code)`, `[batch]`. */
  negativeLogLikelihood(): Tensor1D;
  /** `log p(x | code)`, `[batch, samples]`. */
  logLikelihood(): Tensor2D;
  /** `log p(x, z) - log q(z | x)`, `[batch, samples]`, where all three are densities. */
  logWeights?(): Tensor2D;
  /** Of kind `semiSupervised`. */
  readonly classes?: ClassPass;
}
