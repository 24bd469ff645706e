import { LatentkitError } from '@latentkit/core';
import { checkValue, listRule } from '@latentkit/core/options';
import * as tf from '@tensorflow/tfjs-core';
import { checkScalar } from './check-scalar.ts';
import { withGradient } from './ops/with-gradient.ts';

/** One term of a loss. */
export interface WeightedTerm {
  /** A scalar, as {@link meanOverBatch} gives it. */
  readonly value: tf.Scalar;
  /** Any finite number, 0 and below included; constant to the gradient. */
  readonly weight: number;
}

/**
 * The loss from its terms: `sum of weight * value`; the gradient of each value is its weight.
 *
 * A beta-VAE is `weightedSum([{ value: reconstruction, weight: 1 }, { value: kl, weight: beta }])`. A term of
 * weight 0 is left out, so that a KL not yet counted cannot spoil sum or gradients by being infinite.
 *
 * @returns a scalar.
 * @throws `E_USAGE` for no terms; `E_RANGE` for a weight that is not finite; `E_SHAPE` for a value not a scalar.
 * @example
 * const terms = [
 *   { value: tf.scalar(100), weight: 1 },
 *   { value: tf.scalar(5), weight: 4 },
 * ];
 * weightedSum(terms).dataSync(); // [120]
 * @see Higgins et al. 2017, beta-VAE, equation 4
 */
export function weightedSum(terms: readonly WeightedTerm[]): tf.Scalar {
  checkValue('weightedSum', 'terms', terms, listRule);
  if (terms.length === 0) {
    throw new LatentkitError('E_USAGE', 'weightedSum: expected one term or more, got none');
  }
  for (const [i, term] of Array.from(terms).entries()) {
    const { value, weight } = Object(term) as WeightedTerm;
    checkScalar('weightedSum', `the value of term ${i}`, value);
    if (!Number.isFinite(weight)) {
      throw new LatentkitError(
        'E_RANGE',
        `weightedSum: the weight of term ${i} must be a finite number, got ${weight}`,
      );
    }
  }
  // Left out of the tape too: an infinite gradient times zero would be NaN. With nothing left, zero gradients
  // are what keeps the sum a function of its terms.
  const counted = terms.filter(({ weight }) => weight !== 0);
  const inputs = counted.length > 0 ? counted : terms;
  return withGradient(
    inputs.map(({ value }) => value),
    () => {
      const products = counted.map(({ value, weight }) => tf.mul<tf.Scalar>(value, weight));
      return {
        value: products.length === 0 ? tf.scalar(0) : products.reduce((sum, next) => tf.add(sum, next)),
        gradient: (upstream) => inputs.map(({ weight }) => tf.mul(upstream, weight)),
      };
    },
  );
}
