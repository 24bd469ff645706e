import { LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { absoluteError } from './absolute-error.ts';
import { bernoulliNegativeLogLikelihood } from './bernoulli-negative-log-likelihood.ts';
import { checkLikelihoodSpec } from './check-likelihood-spec.ts';
import { gaussianNegativeLogLikelihood } from './gaussian-negative-log-likelihood.ts';
import type { Decoded, Head, Likelihood, Tensors } from './likelihood.ts';
import type { LikelihoodSpec, OutputFunction } from './likelihood-spec.ts';
import { withGradient } from './ops/with-gradient.ts';
import { outputRule } from './output-function.ts';
import { repeatRows } from './repeat-rows.ts';
import { squaredError } from './squared-error.ts';

/**
 * Brings a likelihood's spec, plain JSON, to life: its score, its output function and its range of data.
 *
 * @throws `E_UNKNOWN_NAME` for an unknown type or output; `E_CONFIG` for parts that do not fit together, such as a
 * Bernoulli likelihood of a `tanh` output; `E_RANGE` for a sigma that is not finite or not above 0.
 * @example
 * const likelihood = createLikelihood({ type: 'gaussian', output: 'sigmoid', sigma: 'learned' });
 * const decoded = { output: tf.tensor2d([[0, 0]]) };
 * const target = tf.tensor2d([[1, 0.5]]);
 * likelihood.parameterShapes; // { 'likelihood.logSigma': [] }
 * likelihood.negativeLogLikelihood(decoded, target, { 'likelihood.logSigma': tf.scalar(0) }).dataSync(); // [1.963]
 * likelihood.mean(decoded).dataSync(); // [0.5, 0.5]
 */
export function createLikelihood(spec: LikelihoodSpec): Likelihood {
  checkLikelihoodSpec('createLikelihood', spec);
  const { output } = spec;
  const rule = outputRule('createLikelihood', output);
  const learned = spec.type === 'gaussian' && spec.sigma === 'learned';
  return {
    spec,
    dataRange: output === 'tanh' ? [-1, 1] : [0, 1],
    heads: [{ name: 'output', perPixel: 1 }] as [Head],
    parameterShapes: learned ? { [LOG_SIGMA]: [] } : {},
    density: DENSITIES[spec.type],
    negativeLogLikelihood: (decoded, target, parameters = {}) => {
      const preActivation = headOf(decoded, 'output');
      const repeated = repeatRows('negativeLogLikelihood', target, preActivation.shape[0] ?? 0);
      return score(spec, preActivation, repeated, parameters);
    },
    mean: (decoded) => {
      const preActivation = headOf(decoded, 'output');
      return withGradient([preActivation], (save) => {
        const mean = rule.apply(preActivation);
        save([mean]);
        // `linear` gives its argument back: the copy is what the caller may dispose.
        const value = output === 'linear' ? tf.clone(mean) : mean;
        return { value, gradient: (upstream, [mean]) => [rule.gradient(upstream, mean!)] };
      });
    },
    toUnitRange: (mean) => toUnitRange(output, mean),
  };
}

const LOG_SIGMA = 'likelihood.logSigma';

// A Bernoulli's score of grey targets is no likelihood, but it is one of binarised images.
const DENSITIES = { bernoulli: 'mass', squaredError: 'none', gaussian: 'density', l1: 'none' } as const;

function headOf(decoded: Decoded, name: string): tf.Tensor {
  const head = decoded[name];
  if (head) return head;
  const got = Object.keys(decoded).join(', ') || 'none';
  throw new LatentkitError('E_USAGE', `likelihood: expected the decoder's head '${name}', got ${got}`);
}

function score(
  spec: LikelihoodSpec,
  preActivation: tf.Tensor,
  target: tf.Tensor,
  parameters: Tensors,
): tf.Tensor1D {
  switch (spec.type) {
    case 'bernoulli':
      return bernoulliNegativeLogLikelihood(preActivation, target);
    case 'squaredError':
      return squaredError(preActivation, target, spec);
    case 'gaussian': {
      const noise = spec.sigma === 'learned' ? { logSigma: logSigmaOf(parameters) } : { sigma: spec.sigma };
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

function logSigmaOf(parameters: Tensors): tf.Scalar {
  const logSigma = parameters[LOG_SIGMA];
  if (logSigma) return logSigma as tf.Scalar;
  throw new LatentkitError(
    'E_USAGE',
    `negativeLogLikelihood: the spec's sigma is 'learned', but no '${LOG_SIGMA}' was given`,
    { fix: `Pass { '${LOG_SIGMA}': a scalar } as third argument.` },
  );
}
