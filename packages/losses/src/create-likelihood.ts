import { LatentkitError, type LikelihoodSpec, type OutputFunction } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { absoluteError } from './absolute-error.ts';
import { bernoulliNegativeLogLikelihood } from './bernoulli-negative-log-likelihood.ts';
import { checkLikelihoodSpec } from './check-likelihood-spec.ts';
import { gaussianNegativeLogLikelihood } from './gaussian-negative-log-likelihood.ts';
import type { Likelihood, LikelihoodParameters } from './likelihood.ts';
import { outputRule } from './output-function.ts';
import { squaredError } from './squared-error.ts';
import { withGradient } from './with-gradient.ts';

/**
 * Brings a likelihood's spec, plain JSON, to life: its score, its output function and its range of data.
 *
 * @throws `E_UNKNOWN_NAME` for an unknown type or output; `E_CONFIG` for parts that do not fit together, such as a
 * Bernoulli likelihood of a `tanh` output; `E_RANGE` for a sigma that is not finite or not above 0.
 * @example
 * const likelihood = createLikelihood({ type: 'gaussian', output: 'sigmoid', sigma: 'learned' });
 * const preActivation = tf.tensor2d([[0, 0]]);
 * const target = tf.tensor2d([[1, 0.5]]);
 * likelihood.parameterShapes; // { logSigma: [] }
 * likelihood.negativeLogLikelihood(preActivation, target, { logSigma: tf.scalar(0) }).dataSync(); // [1.963]
 * likelihood.mean(preActivation).dataSync(); // [0.5, 0.5]
 */
export function createLikelihood(spec: LikelihoodSpec): Likelihood {
  checkLikelihoodSpec('createLikelihood', spec);
  const { output } = spec;
  const rule = outputRule('createLikelihood', output);
  const learned = spec.type === 'gaussian' && spec.sigma === 'learned';
  return {
    spec,
    dataRange: output === 'tanh' ? [-1, 1] : [0, 1],
    parameterShapes: learned ? { logSigma: [] } : {},
    negativeLogLikelihood: (preActivation, target, parameters = {}) => {
      checkParameters(learned, parameters);
      return score(spec, preActivation, target, parameters);
    },
    mean: (preActivation) =>
      withGradient([preActivation], (save) => {
        const mean = rule.apply(preActivation);
        save([mean]);
        // `linear` gives its argument back: the copy is what the caller may dispose.
        const value = output === 'linear' ? tf.clone(mean) : mean;
        return { value, gradient: (upstream, [mean]) => [rule.gradient(upstream, mean!)] };
      }),
    toUnitRange: (mean) => toUnitRange(output, mean),
  };
}

function score(
  spec: LikelihoodSpec,
  preActivation: tf.Tensor,
  target: tf.Tensor,
  { logSigma }: LikelihoodParameters,
): tf.Tensor1D {
  switch (spec.type) {
    case 'bernoulli':
      return bernoulliNegativeLogLikelihood(preActivation, target);
    case 'squaredError':
      return squaredError(preActivation, target, spec);
    case 'gaussian': {
      const noise = spec.sigma === 'learned' ? { logSigma } : { sigma: spec.sigma };
      return gaussianNegativeLogLikelihood(preActivation, target, { output: spec.output, ...noise });
    }
    case 'l1':
      return absoluteError(preActivation, target, spec);
  }
}

function toUnitRange(output: OutputFunction, mean: tf.Tensor): tf.Tensor {
  if (output === 'sigmoid') return tf.clone(mean);
  if (output === 'linear') return tf.clipByValue(mean, 0, 1);
  return tf.tidy(() => tf.mul(tf.add(mean, 1), 0.5));
}

function checkParameters(learned: boolean, { logSigma }: LikelihoodParameters): void {
  if (learned === (logSigma !== undefined)) return;
  throw new LatentkitError(
    'E_USAGE',
    learned
      ? "negativeLogLikelihood: the spec's sigma is 'learned', but no logSigma was given"
      : 'negativeLogLikelihood: this likelihood learns nothing, but a logSigma was given',
    { fix: "Pass { logSigma } as third argument exactly where the spec says sigma: 'learned'." },
  );
}
