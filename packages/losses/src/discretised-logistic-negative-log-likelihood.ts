import { portableLog } from '@latentkit/core';
import { anything, checkOptions } from '@latentkit/core/options';
import * as tf from '@tensorflow/tfjs-core';
import { checkSameBatchShape } from './check-same-batch-shape.ts';
import { checkLevels, LEVELS, nearestLevel } from './levels.ts';
import type { OutputFunction } from './likelihoods/output-schema.ts';
import { logMeanPower } from './near-zero.ts';
import { withGradient } from './ops/with-gradient.ts';
import { outputRule } from './output-function.ts';
import { asColumn, flattenExamples } from './per-example.ts';
import { softFloor } from './soft-floor.ts';

export interface DiscretisedLogisticOptions {
  /** How a pre-activation becomes the place of the distribution; `'sigmoid'` by default. */
  output?: Exclude<OutputFunction, 'linear'>;
  /** Numbers that a pixel can be; 256 by default. */
  levels?: number;
}

/** The least log scale, in halves of the range of the data: PixelCNN++'s. */
export const LEAST_LOG_SCALE = -7;

/**
 * Negative log probability of pixels of so many levels: a logistic distribution, cut into an interval around each level, the first and the
 * last of which go on without end.
 *
 * With `u = (x - m) / s`, where `m = output(preActivation)`, and `d` half an interval over `s`, a level has the probability
 * `sigmoid(u + d) - sigmoid(u - d)`, which is `sinh d / (cosh u + cosh d)`; its logarithm is taken of parts that keep their digits however small
 * they are: `d - max(|u|, d) + log(1 - exp(-2 d)) - softplus(-|u + d|) - softplus(-|u - d|)`. Scales are in halves of the range
 * of the data, `log s = -7 + softplus(logScale + 7)`. Targets count as the nearest level; they are data, and no gradient
 * flows to them.
 *
 * @param preActivation `[batch, ...]`, what the decoder gives before its output function.
 * @param logScale of the same shape.
 * @param target of the same shape, in [0, 1], or [-1, 1] for `tanh`.
 * @returns nats per example, `[batch]`.
 * @throws `E_SHAPE` unless the shapes are equal and of rank 2 or more; `E_RANGE` for a number of levels that is none;
 * `E_UNKNOWN_NAME` for an unknown output.
 * @example
 * const zeros = tf.zeros([1, 2]);
 * const target = tf.tensor2d([[0.5, 1]]);
 * discretisedLogisticNegativeLogLikelihood(zeros, zeros, target, { levels: 2 }).dataSync(); // [1.386]: a coin each
 * @see Salimans et al. 2017, PixelCNN++, equation 2
 */
export function discretisedLogisticNegativeLogLikelihood(
  preActivation: tf.Tensor,
  logScale: tf.Tensor,
  target: tf.Tensor,
  options: DiscretisedLogisticOptions = {},
): tf.Tensor1D {
  const where = 'discretisedLogisticNegativeLogLikelihood';
  checkOptions(where, options, { output: anything, levels: anything });
  const { output = 'sigmoid', levels = LEVELS } = options;
  checkSameBatchShape(where, ['preActivation', preActivation], ['logScale', logScale]);
  checkSameBatchShape(where, ['preActivation', preActivation], ['target', target]);
  checkLevels(where, 'levels', levels);
  const rule = outputRule(where, output);
  const isHalf = output === 'tanh'; // the range is as wide as its unit, else half of it
  const half = 1 / (levels - 1); // of an interval, in halves of the range
  return withGradient([preActivation, logScale], (save) => {
    const mean = rule.apply(flattenExamples(preActivation)); // [batch, pixels]
    const x = flattenExamples(target);
    const level = nearestLevel(isHalf ? tf.mul(tf.add(x, 1), 0.5) : x, levels);
    const centre = tf.sub(tf.mul(level, 2 * half), 1); // in halves of the range, from -1
    const place = isHalf ? mean : tf.sub(tf.mul(mean, 2), 1);
    const { log, above } = softFloor(flattenExamples(logScale), LEAST_LOG_SCALE);
    const precision = tf.exp(tf.neg(log));
    const u = tf.mul(tf.sub(centre, place), precision);
    const d = tf.mul(precision, half);
    const [upper, lower] = [tf.add(u, d), tf.sub(u, d)];
    const first = tf.relu(tf.sub(1, level));
    const last = tf.relu(tf.sub(level, levels - 2));
    const between = tf.sub(1, tf.add(first, last));
    // log(1 - exp(-2 d)), where d may be too small for a float32.
    const width = tf.add(tf.sub(logMeanPower(tf.mul(d, 2)), log), portableLog(2 * half));
    const tails = tf.add(tf.softplus(tf.neg(tf.abs(upper))), tf.softplus(tf.neg(tf.abs(lower))));
    const inner = tf.sub(tf.add(tf.relu(tf.sub(tf.abs(u), d)), tails), width);
    const outer = tf.add(tf.mul(first, tf.softplus(tf.neg(upper))), tf.mul(last, tf.softplus(lower)));
    save([mean, u, d, first, last, between, above]);
    const gradient = (upstream: tf.Tensor, [mean, u, d, first, last, between, above]: tf.Tensor[]) => {
      const weight = asColumn(upstream);
      const [upper, lower] = [tf.add(u!, d!), tf.sub(u!, d!)];
      // Between, both ends weigh sigmoid - 1/2; the first level has an upper end alone, sigmoid - 1, the last a lower, sigmoid.
      const ofBoth = tf.mul(between!, 0.5);
      const ofUpper = tf.sub(tf.mul(tf.sigmoid(upper), tf.sub(1, last!)), tf.add(first!, ofBoth));
      const ofLower = tf.sub(tf.mul(tf.sigmoid(lower), tf.sub(1, first!)), ofBoth);
      const ofPlace = tf.neg(tf.mul(tf.add(ofUpper, ofLower), tf.div(d!, half)));
      const ofMean = tf.mul(isHalf ? ofPlace : tf.mul(ofPlace, 2), weight);
      const ends = tf.add(tf.mul(ofUpper, upper), tf.mul(ofLower, lower));
      const ofScale = tf.sub(tf.mul(between!, tf.add(d!, ofWidth(tf.mul(d!, 2)))), ends);
      return [
        tf.reshape(rule.gradient(ofMean, mean!), preActivation.shape),
        tf.reshape(tf.mul(tf.mul(ofScale, tf.sigmoid(above!)), weight), logScale.shape),
      ];
    };
    return { value: tf.sum<tf.Tensor1D>(tf.add(tf.mul(between, inner), outer), 1), gradient };
  });
}

/** `a / (exp(a) - 1)`, 1 at 0. */
function ofWidth(a: tf.Tensor): tf.Tensor {
  const above = tf.maximum(a, 1e-30);
  return tf.div(above, tf.expm1(above));
}
