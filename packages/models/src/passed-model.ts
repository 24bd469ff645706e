import type { Decoded, Likelihood } from '@latentkit/losses';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ModelPlan } from './layer-plan.ts';
import type { Parameters } from './parameters.ts';
import type { PassContext } from './pass.ts';
import type { Prior } from './priors/prior.ts';
import type { Quantised } from './quantised.ts';

/** A latent variable of a model: its name in a pass, and how many numbers it has. */
export interface LatentInfo {
  readonly name: string;
  readonly type: 'gaussian' | 'point' | 'codes' | 'class';
  readonly size: number;
}

/**
 * Where an encoder puts images: a normal distribution each, or (plain autoencoder) a point and no `logVar`; of a codebook, the vectors
 * of codes, with those that they were chosen for.
 */
export type Code = {
  mean: Tensor2D; // [batch, latent]
  /** Natural logarithm of the variance. */
  logVar?: Tensor2D; // [batch, latent]
} & Partial<Quantised>;

/** What a conditional model is told of each example. */
export interface Condition {
  /**
   * One-hot, `[batch, classes]`. `'every'`: each example with class 0, 1, ..., one after the other; images
   * `[batch, ...]` become codes `[batch * classes, latent]`, and codes are as many when they are decoded.
   */
  labels?: Tensor2D | 'every';
  /**
   * Of a pass in training: layers that normalise over the batch do so by the batch's own statistics, and tell the next running ones.
   * Where it is absent those that are kept are read.
   */
  emit?: PassContext['emit'];
}

export interface EncodeOptions extends Condition {
  /** Does the gradient flow to the images? False by default: for data, it would be computed to be thrown away. */
  inputGradient?: boolean;
}

/** What there is to know of a codebook. */
export interface Codebook {
  /** Codes that there are. */
  readonly size: number;
  /** Numbers of a code's vector. */
  readonly vectorSize: number;
  /** Vectors of an image. */
  readonly vectors: number;
  /** How much of its past each moving average keeps, a step. */
  readonly decay: number;
  /** Codes that are used less than so much of the mean begin anew. */
  readonly revive: number;
}

/** What the layers of an encoder give, and what its heads make of that. */
export type EncodedHeads = { features: Tensor; heads: Tensor[] };

/** What a pass needs of its model. */
export interface PassedModel {
  readonly plan: ModelPlan;
  /** Numbers of a code: of all its vectors, where it is several. */
  readonly latentDim: number;
  /** The codes that there are, where they are vectors of a codebook. */
  readonly codebook?: Codebook;
  readonly likelihood: Likelihood;
  /** Where its codes come from before any image is seen; a plain autoencoder has none, unless its spec names one. */
  readonly prior?: Prior;
  encode(parameters: Parameters, images: Tensor4D, options?: Condition): Code;
  /** What `encode` makes codes of. */
  encodeHeads(parameters: Parameters, images: Tensor4D, options?: EncodeOptions): EncodedHeads;
  decode(parameters: Parameters, latent: Tensor2D, options?: Condition): Decoded;
  /** Images to the logits of their classes, `[batch, classes]`; kind `semiSupervised` alone. */
  classify?(parameters: Parameters, images: Tensor4D, options?: Pick<Condition, 'emit'>): Tensor2D;
}
