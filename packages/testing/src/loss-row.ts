import type { Random } from '@latentkit/core';
import type * as tf from '@tensorflow/tfjs-core';

/** One argument of a loss. */
export interface LossArgument {
  readonly name: string;
  /** `[batch, ...]` (by default), or one scalar for the whole batch. */
  readonly per?: 'example' | 'batch';
  /** A number of it at an ordinary point; away from kinks, where no difference quotient holds. */
  readonly draw: (random: Random) => number;
  /** Numbers at which value and gradient must still be finite, such as -80 and 80. */
  readonly extremes?: readonly number[];
  /** False for data: no gradient is asked for. True by default. */
  readonly differentiable?: boolean;
}

/** A loss to hold against the contract of {@link describeLoss}. */
export interface LossRow {
  /** In the order of `evaluate` and `oracle`. */
  readonly arguments: readonly LossArgument[];
  /** The function under test: `[batch, ...]` -> `[batch]`. */
  readonly evaluate: (...tensors: tf.Tensor[]) => tf.Tensor;
  /** The same for a single example, in float64 and straight from the formula; a scalar comes as an array of one. */
  readonly oracle: (...example: Float64Array[]) => number;
  /** What an `E_SHAPE` message begins with; the row's name by default. */
  readonly where?: string;
  /** Allowed relative difference from the oracle; 1e-5 by default. */
  readonly relative?: number;
}
