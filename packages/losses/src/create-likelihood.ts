import type { ImageShape } from '@latentkit/core';
import { checkBy, named, type SpecOf } from '@latentkit/core/schema';
import type { Likelihood } from './likelihood.ts';
import type { LikelihoodKind } from './likelihoods/likelihood-kind.ts';
import { LIKELIHOODS } from './likelihoods/likelihoods.ts';

/**
 * What the decoder's output means: the distribution (or distance) that scores a reconstruction, and the function
 * that turns pre-activations into its mean. Data are floats in [0, 1], scaled to [-1, 1] where the output is `tanh`; where
 * it is `linear`, they may be any numbers.
 */
export type LikelihoodSpec = SpecOf<(typeof LIKELIHOODS)[number]['fields']>;

/** What a likelihood's spec may hold. */
export const likelihoodSchema = named(
  'type',
  LIKELIHOODS.map(({ type }) => type),
  LIKELIHOODS.map((kind) => kind.fields),
);

/**
 * Brings a likelihood's spec, plain JSON, to life: its score, its output function and its range of data.
 *
 * @param shape of an example, where it is known.
 * @throws `E_CONFIG` naming the first field that does not fit, unknown ones first.
 * @example
 * const likelihood = createLikelihood({ type: 'gaussian', output: 'sigmoid', sigma: 'learned' });
 * const decoded = { output: tf.tensor2d([[0, 0]]) };
 * const target = tf.tensor2d([[1, 0.5]]);
 * likelihood.parameterShapes; // { 'likelihood.logSigma': [] }
 * likelihood.negativeLogLikelihood(decoded, target, { 'likelihood.logSigma': tf.scalar(0) }).dataSync(); // [1.963]
 * likelihood.mean(decoded).dataSync(); // [0.5, 0.5]
 */
export function createLikelihood(spec: LikelihoodSpec, shape?: ImageShape): Likelihood {
  checkBy(likelihoodSchema, spec, 'createLikelihood');
  const kind = LIKELIHOODS.find(({ type }) => type === spec.type) as unknown as LikelihoodKind;
  return kind.create(spec, shape);
}
