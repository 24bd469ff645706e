import { checkValue, having } from '@latentkit/core/options';
import type * as tf from '@tensorflow/tfjs-core';
import type { OutputFunction } from './likelihoods/output-schema.ts';

/** Tensors by name: weights, inputs, scalars. */
export type Tensors = Readonly<Record<string, tf.Tensor>>;

/** Numbers that a decoder must give of every pixel (and channel): `output`, `logScale`, ... */
export interface Head {
  readonly name: string;
  readonly perPixel: number;
}

/** What a decoder gave, by head: `[rows, height, width, channels * perPixel]` each. */
export type Decoded = Tensors & { readonly output: tf.Tensor };

/** A spec brought to life: how to score a reconstruction, and how to show one. Made by {@link createLikelihood}. */
export interface Likelihood {
  /** What it was made from. */
  readonly spec: { readonly type: string };
  /** Where targets and means lie: [-1, 1] for the output `tanh`, else [0, 1]. */
  readonly dataRange: readonly [0, 1] | readonly [-1, 1];
  /** May data be any numbers (output `linear`), standardised columns for example, and not only those of the range? */
  readonly anyData: boolean;
  /** What the decoder must give; the first is `output`, the mean's pre-activation. */
  readonly heads: readonly [Head, ...Head[]];
  /**
   * The output function that makes the mean of the head `output`, number by number, as other programs know it too; left out where the mean is
   * another function of it.
   */
  readonly output?: OutputFunction;
  /** The shapes of the parameters that it learns: `{}`, or `{ 'likelihood.logSigma': [] }`. */
  readonly parameterShapes: Readonly<Record<string, readonly number[]>>;
  /** Is its score the negative logarithm of a probability (`'mass'`), of a density, or of neither? */
  readonly density: 'mass' | 'density' | 'none';
  /** What a score that is neither is counted in; left out where the type says it. */
  readonly scoredIn?: string;
  /**
   * The score of a reconstruction, to minimize: `[rows, ...]` and `[batch, ...]` -> `[rows]`.
   *
   * `rows` may be k times the batch: row `i` is then held against target `floor(i / k)`.
   *
   * @param parameters those of `parameterShapes`, others beside them do no harm.
   * @throws `E_SHAPE` unless the shapes fit; `E_USAGE` where a head or a parameter is missing.
   */
  readonly negativeLogLikelihood: (decoded: Decoded, target: tf.Tensor, parameters?: Tensors) => tf.Tensor1D;
  /** The output function: the mean image, of the output's shape, in the data's range if not `linear`. */
  readonly mean: (decoded: Decoded) => tf.Tensor;
  /** A mean in the numbers that data came in: scaled from [-1, 1] to [0, 1] for `tanh`, else as it is. No gradient. */
  readonly toData: (mean: tf.Tensor) => tf.Tensor;
  /** A mean as a picture in [0, 1]: scaled from [-1, 1], or clipped where the output is `linear`. No gradient. */
  readonly toUnitRange: (mean: tf.Tensor) => tf.Tensor;
}

/**
 * What a likelihood's score is counted in: nats where it is the negative logarithm of a probability or a density, else what
 * the likelihood is called, `squared error` for example.
 *
 * @example
 * scoreUnit(createLikelihood({ type: 'squaredError', output: 'sigmoid' }, image)); // 'squared error'
 */
export function scoreUnit(likelihood: Pick<Likelihood, 'density' | 'scoredIn' | 'spec'>): string {
  checkValue('scoreUnit', 'likelihood', likelihood, likelihoodRule);
  const { density, scoredIn, spec } = likelihood;
  if (density !== 'none') return 'nats';
  return scoredIn ?? spec.type.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

const likelihoodRule = having('a likelihood, as createLikelihood makes them', {
  density: 'string',
  spec: 'object',
});
