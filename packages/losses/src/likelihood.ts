import type { LikelihoodSpec } from '@latentkit/core';
import type * as tf from '@tensorflow/tfjs-core';

/** What a likelihood learns besides the model: tensors by name. */
export interface LikelihoodParameters {
  /** The natural logarithm of the noise's standard deviation, where the spec says `sigma: 'learned'`. */
  readonly logSigma?: tf.Scalar;
}

/** A spec brought to life: how to score a reconstruction, and how to show one. Made by {@link createLikelihood}. */
export interface Likelihood {
  readonly spec: LikelihoodSpec;
  /** Where targets and means lie: [-1, 1] for the output `tanh`, else [0, 1]. */
  readonly dataRange: readonly [0, 1] | readonly [-1, 1];
  /** The shapes of the parameters that it learns: `{}`, or `{ logSigma: [] }`. */
  readonly parameterShapes: Readonly<Record<string, readonly number[]>>;
  /**
   * The score of a reconstruction, to minimize: `[batch, ...]` twice -> `[batch]`.
   *
   * @throws `E_SHAPE` unless the shapes are equal; `E_USAGE` where logSigma is learned but not given, or given
   * but not learned.
   */
  readonly negativeLogLikelihood: (
    preActivation: tf.Tensor,
    target: tf.Tensor,
    parameters?: LikelihoodParameters,
  ) => tf.Tensor1D;
  /** The output function: the mean image of a pre-activation, of its shape, in the data's range if not `linear`. */
  readonly mean: (preActivation: tf.Tensor) => tf.Tensor;
  /** A mean as a picture in [0, 1]: scaled from [-1, 1], or clipped where the output is `linear`. No gradient. */
  readonly toUnitRange: (mean: tf.Tensor) => tf.Tensor;
}
