import { LatentkitError, portableLog } from '@latentkit/core';
import { anything, checkOptions } from '@latentkit/core/options';
import * as tf from '@tensorflow/tfjs-core';
import { checkSameBatchShape } from './check-same-batch-shape.ts';
import { checkScalar } from './check-scalar.ts';
import type { OutputFunction } from './likelihoods/output-schema.ts';
import { withGradient } from './ops/with-gradient.ts';
import { outputRule } from './output-function.ts';
import { asColumn, flattenExamples, sizeOfExample } from './per-example.ts';

/** Give one of `sigma` and `logSigma`. */
export interface GaussianOptions {
  /** How a pre-activation becomes the mean; `'sigmoid'` by default. */
  output?: OutputFunction;
  /** The standard deviation of every pixel, as a constant of at least 1e-19. */
  sigma?: number;
  /** Its natural logarithm as a scalar tensor, which gets a gradient: a noise level that is learned. */
  logSigma?: tf.Scalar;
}

/** The least standard deviation: below it, 1 / sigma^2 leaves float32. */
export const LEAST_SIGMA = 1e-19;

const FLOAT32_MAX = 3.4e38;

/** 1 / sigma^2 of a learned sigma is made in two factors, as it leaves float32 below this log sigma. */
const LEAST_LOG_SIGMA = -40;

const HALF_LOG_TWO_PI = 0.5 * portableLog(2 * Math.PI);

/**
 * The true negative log density of an image under a normal distribution around its reconstruction.
 *
 * `sum over pixels of ((y - x) / sigma)^2 / 2 + log sigma + log(2 pi) / 2` with `y = output(preActivation)`; below
 * zero where densities pass 1. The gradients are `(y - x) / sigma^2 output'`, and for logSigma
 * `sum over pixels of 1 - ((y - x) / sigma)^2`. The target is data, and no gradient flows to it.
 *
 * @param preActivation `[batch, ...]`, what the decoder gives before its output function.
 * @param target of the same shape, in the output's range: [0, 1], or [-1, 1] for `tanh`.
 * @returns nats per example, `[batch]`; see {@link meanOverBatch} for the reduction.
 * @throws `E_SHAPE` unless the shapes are equal and of rank 2 or more, and logSigma a scalar; `E_RANGE` unless
 * sigma is finite and at least 1e-19; `E_USAGE` unless one of sigma and logSigma is given; `E_UNKNOWN_NAME` for an
 * unknown output.
 * @example
 * const preActivation = tf.tensor2d([[0, 0]]);
 * const target = tf.tensor2d([[1, 0.5]]);
 * gaussianNegativeLogLikelihood(preActivation, target, { sigma: 0.5 }).dataSync(); // [0.952]
 * @see Rybkin, Daniilidis & Levine 2021, Simple and Effective VAE Training with Calibrated Decoders, section 3
 */
export function gaussianNegativeLogLikelihood(
  preActivation: tf.Tensor,
  target: tf.Tensor,
  options: GaussianOptions,
): tf.Tensor1D {
  const where = 'gaussianNegativeLogLikelihood';
  checkOptions(where, options, { output: anything, sigma: anything, logSigma: anything });
  const { output = 'sigmoid', sigma, logSigma } = options;
  checkSameBatchShape(where, ['preActivation', preActivation], ['target', target]);
  const rule = outputRule(where, output);
  if ((sigma === undefined) === (logSigma === undefined)) {
    const got = sigma === undefined ? 'neither' : 'both';
    throw new LatentkitError('E_USAGE', `${where}: expected one of sigma and logSigma, got ${got}`);
  }
  if (logSigma !== undefined) checkScalar(where, 'logSigma', logSigma);
  else checkSigma(where, sigma!);

  const pixels = sizeOfExample(preActivation);
  const inputs = logSigma === undefined ? [preActivation] : [preActivation, logSigma];
  return withGradient(inputs, (save) => {
    const y = rule.apply(flattenExamples(preActivation)); // [batch, pixels]
    const x = flattenExamples(target);
    // From here on, sums per example and scalars: the pixels are passed over no more.
    const [precision, more] =
      logSigma === undefined ? [tf.scalar(1 / (sigma! * sigma!))] : precisionFactors(logSigma);
    const part = tf.mul(tf.sum<tf.Tensor1D>(tf.squaredDifference(y, x), 1), precision);
    const distance = more ? tf.mul(part, more) : part;
    const logScale = logSigma ?? tf.scalar(portableLog(sigma!));
    const constant = tf.mul(tf.add(logScale, HALF_LOG_TWO_PI), pixels);
    const value = tf.add<tf.Tensor1D>(tf.mul(distance, 0.5), constant);
    save([y, x, precision, distance, ...(more ? [more] : [])]);
    const gradient = (upstream: tf.Tensor, [y, x, precision, distance, more]: tf.Tensor[]) => {
      const weight = tf.mul(upstream, precision!);
      // Bounded, so that an exact reconstruction's 0 times it stays 0.
      const bounded = more ? tf.clipByValue(tf.mul(weight, more), -FLOAT32_MAX, FLOAT32_MAX) : weight;
      const perPixel = tf.mul(tf.sub(y!, x!), asColumn(bounded));
      const ofPreActivation = tf.reshape(rule.gradient(perPixel, y!), preActivation.shape);
      if (logSigma === undefined) return [ofPreActivation];
      return [ofPreActivation, tf.sum(tf.mul(upstream, tf.sub(pixels, distance!)))];
    };
    return { value, gradient };
  });
}

/**
 * `exp(-2 logSigma)` in two factors, both finite in float32 whatever logSigma is: where it is no less than -40, the first is
 * the whole and the second exactly 1.
 */
function precisionFactors(logSigma: tf.Scalar): [tf.Scalar, tf.Scalar] {
  const ordinary = tf.maximum<tf.Scalar>(logSigma, LEAST_LOG_SIGMA);
  const rest = tf.maximum<tf.Scalar>(tf.sub(logSigma, ordinary), LEAST_LOG_SIGMA);
  return [tf.exp(tf.mul(ordinary, -2)), tf.exp(tf.mul(rest, -2))];
}

function checkSigma(where: string, sigma: number): void {
  if (Number.isFinite(sigma) && sigma >= LEAST_SIGMA) return;
  throw new LatentkitError(
    'E_RANGE',
    `${where}: sigma must be a finite number of at least ${LEAST_SIGMA}, got ${sigma}`,
  );
}
