import type { NamedArrays, TracedProgram } from '@latentkit/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Sampler } from '../samplers/sampler.ts';

/** Codes of images: a normal distribution each, or (plain autoencoder, codebook) a point and no `logVar`. All `[count, latent]`. */
export interface Codes {
  mean: Float32Array;
  /** Natural logarithm of the variance. */
  logVar?: Float32Array;
  /** Of a codebook: which of its codes they are, `[count, vectors]`; `mean` are their vectors. */
  codes?: Uint32Array;
}

/** What a conditional model is told: one class for all, or a class each. */
export interface LabelOptions {
  label?: number | ArrayLike<number>;
}

export interface SampleOptions extends LabelOptions {
  count: number;
  /** 0 by default. Image `i` depends on the seed and on `i` alone. */
  seed?: number;
  /** Where codes come from instead of the prior: `fitGaussianMixture`, `aggregatePosteriorSampler`, or one of your own. */
  from?: Sampler;
}

/** A program to run on the model's weights, and what to run it on. */
export interface Call {
  readonly program: TracedProgram<Tensor>;
  readonly inputs: NamedArrays;
}

/** A result, one call after the other: whoever runs them, on tfjs or on an accelerator, hands back each one's outputs. */
export type Calls<Result> = Generator<Call, Result, NamedArrays>;
