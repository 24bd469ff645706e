import type { ImageShape, NamedArrays } from '@latentkit/core';
import type * as tf from '@tensorflow/tfjs-core';

type Parameters = Readonly<Record<string, tf.Tensor>>;

/** A model as its users see it. */
export interface TestedModel {
  /** Parameters that no gradient moves. */
  readonly stateShapes: Readonly<Record<string, readonly number[]>>;
  initialize(seed: number): NamedArrays;
  encode(parameters: Parameters, images: tf.Tensor4D): { mean: tf.Tensor2D; logVar?: tf.Tensor2D };
  decode(parameters: Parameters, latent: tf.Tensor2D): Parameters & { readonly output: tf.Tensor };
}

/** The same model for one example, in float64 and straight from the definitions. */
export interface ModelOracle {
  encode(
    parameters: Readonly<Record<string, Float64Array>>,
    image: Float64Array,
  ): { mean: Float64Array; logVar?: Float64Array };
  decode(parameters: Readonly<Record<string, Float64Array>>, latent: Float64Array): Float64Array;
}

/** A model to hold against the contract of {@link describeModel}. */
export interface ModelRow {
  readonly model: TestedModel;
  readonly oracle: ModelOracle;
  readonly image: ImageShape;
  readonly latentDim: number;
  /** Every parameter that it must have. */
  readonly parameterShapes: Readonly<Record<string, readonly number[]>>;
  /** The function that samples `mean + exp(logVar / 2) noise`. */
  readonly reparameterize: (mean: tf.Tensor2D, logVar: tf.Tensor2D, noise: tf.Tensor2D) => tf.Tensor2D;
  /** Makes a tfjs backend current; whichever is, by default. */
  readonly useBackend?: () => Promise<unknown>;
}
