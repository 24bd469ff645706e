import { didYouMean, LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import type { OutputFunction } from './likelihoods/output-schema.ts';

/** A decoder's output function: how a pre-activation becomes a mean. */
export interface OutputRule {
  /** The mean of a pre-activation; the tensor itself for `linear`. */
  readonly apply: (preActivation: tf.Tensor) => tf.Tensor;
  /** The gradient of the pre-activation, given that of the mean, and the mean. */
  readonly gradient: (upstream: tf.Tensor, mean: tf.Tensor) => tf.Tensor;
}

// Both derivatives are written from the output, which is at hand: s' = s - s^2, tanh' = 1 - tanh^2.
const rules: Readonly<Record<OutputFunction, OutputRule>> = {
  sigmoid: {
    apply: (preActivation) => tf.sigmoid(preActivation),
    gradient: (upstream, mean) => tf.mul(upstream, tf.sub(mean, tf.square(mean))),
  },
  tanh: {
    apply: (preActivation) => tf.tanh(preActivation),
    gradient: (upstream, mean) => tf.mul(upstream, tf.sub(1, tf.square(mean))),
  },
  linear: {
    apply: (preActivation) => preActivation,
    gradient: (upstream) => upstream,
  },
};

/**
 * The rule of an output function by its name.
 *
 * @throws `E_UNKNOWN_NAME` for any other name.
 */
export function outputRule(where: string, output: OutputFunction): OutputRule {
  if (!Object.hasOwn(rules, output)) {
    const fix = didYouMean(String(output), Object.keys(rules));
    throw new LatentkitError('E_UNKNOWN_NAME', `${where}: there is no output function '${output}'`, { fix });
  }
  return rules[output];
}
