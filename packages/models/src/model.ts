import type { NamedArrays, NoiseRequests } from '@latentkit/core';
import type { Decoded, Likelihood } from '@latentkit/losses';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ModelPlan } from './layer-plan.ts';
import type { ModelSpec } from './model-spec.ts';
import type { ParameterShapes } from './parameter-shapes.ts';
import type { Parameters } from './parameters.ts';
import type { Pass, PassContext, PassOptions } from './pass.ts';
import type { Prior } from './priors/prior.ts';

/** A latent variable of a model: its name in a pass, and how many numbers it has. */
export interface LatentInfo {
  readonly name: string;
  readonly type: 'gaussian' | 'point' | 'codes' | 'class';
  readonly size: number;
}

/** What a pass needs of its model. */
export interface PassedModel {
  readonly latentDim: number;
  readonly likelihood: Likelihood;
  readonly prior?: Prior;
  encode(parameters: Parameters, images: Tensor4D, options?: Condition): Code;
  decode(parameters: Parameters, latent: Tensor2D, options?: Condition): Decoded;
}

/** Where an encoder puts images: a normal distribution each, or (plain autoencoder) a point and no `logVar`. */
export type Code = {
  mean: Tensor2D; // [batch, latent]
  /** Natural logarithm of the variance. */
  logVar?: Tensor2D; // [batch, latent]
};

/** A spec made to compute. It holds no weights: they go in with every call. */
export interface Model extends PassedModel {
  readonly spec: ModelSpec;
  readonly plan: ModelPlan;
  readonly likelihood: Likelihood;
  /** Where its codes come from before any image is seen; a plain autoencoder has none. */
  readonly prior?: Prior;
  /** Every parameter, in order. */
  readonly parameterShapes: ParameterShapes;
  /** Fresh weights; the same for the same seed, bit for bit, everywhere. */
  initialize(seed: number): NamedArrays;
  /** What its code is made of. */
  readonly latents: readonly LatentInfo[];
  /** The noise of one sample of an example, by name: the input `noise.<name>` of a pass. */
  readonly noise: NoiseRequests;
  /**
   * Images `[batch, height, width, channels]` in the likelihood's data range to codes. Images are constants to the gradient,
   * unless they are what is learned (`inputGradient: true`).
   *
   * @throws `E_SHAPE` for other images than the spec's; `E_USAGE` where a parameter is missing.
   */
  encode(parameters: Parameters, images: Tensor4D, options?: EncodeOptions): Code;
  /**
   * Codes `[batch, latent]` to what the likelihood reads, by head; `output` are the pre-activations `[batch, height, width,
   * channels]` of the mean. The likelihood owns the output function.
   *
   * @throws `E_SHAPE` for codes of another size; `E_USAGE` where a parameter is missing.
   */
  decode(parameters: Parameters, latent: Tensor2D, options?: Condition): Decoded;
  /**
   * Everything that a loss reads of a batch, computed when asked for.
   *
   * @throws `E_USAGE` where an input is missing, `E_SHAPE` for noise of another size, `E_CONFIG` for several samples of a point.
   */
  pass(context: PassContext, options?: PassOptions): Pass;
}

/** What a conditional model is told of each example. */
export interface Condition {
  /** One-hot, `[batch, classes]`. */
  labels?: Tensor2D;
}

export interface EncodeOptions extends Condition {
  /** Does the gradient flow to the images? False by default: for data, it would be computed to be thrown away. */
  inputGradient?: boolean;
}
