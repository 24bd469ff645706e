import { LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './with-gradient.ts';

/** Multiplies gradients on their way back by factors that are known only once the forward pass is over. */
export interface Gate {
  /** The same numbers, `[rows, ...]`; the gradient of row i is multiplied by the factor of row i. */
  through<Value extends tf.Tensor>(x: Value): Value;
  /** Sets the factors, one a row of what went through in any shape: by whoever's gradient is computed first. */
  tell(factors: tf.Tensor): void;
}

/**
 * A gate for one gradient: where a loss's own gradient tells the factors before it reaches what went through.
 *
 * `importanceWeighted(logWeights, gate)` tells the normalised weights, which makes the gradient doubly reparameterised.
 *
 * @throws `through`'s gradient: `E_USAGE` where nobody told it the factors.
 * @see Tucker et al. 2019, Doubly Reparameterized Gradient Estimators for Monte Carlo Objectives, equation 8
 */
export function createGate(): Gate {
  let factors: tf.Tensor | undefined;
  return {
    through: (x) =>
      withGradient([x], () => ({
        value: tf.clone(x),
        gradient: (upstream) => {
          if (factors === undefined) {
            throw new LatentkitError('E_USAGE', 'gate: nobody told the factors before the gradient came', {
              fix: 'Give the gate to importanceWeighted, whose gradient tells them.',
            });
          }
          return [tf.mul(upstream, tf.reshape(factors, [x.shape[0]!, ...x.shape.slice(1).map(() => 1)]))];
        },
      })),
    tell: (given) => {
      factors = given;
    },
  };
}
