import { portableLog } from '@latentkit/core';
import { anything, checkOptions } from '@latentkit/core/options';
import * as tf from '@tensorflow/tfjs-core';
import { checkSameBatchShape } from './check-same-batch-shape.ts';
import { checkLevels, LEVELS, nearestLevel } from './levels.ts';
import { digammaRise, logBetaFromOne } from './ops/stirling.ts';
import { withGradient } from './ops/with-gradient.ts';
import { asColumn, flattenExamples } from './per-example.ts';

export interface BetaBinomialOptions {
  /** Coins a pixel, which can then be of one level more; 255 by default. */
  trials?: number;
}

/** The most log concentration: beyond, it is a binomial distribution to nearly all digits, and float32 runs out of them. */
const MOST_LOG_CONCENTRATION = 8;

/**
 * Negative log probability of pixels as counts: `trials` coins whose probability is itself drawn, from a beta distribution.
 *
 * `-log C(n, k) - log B(k + a, n - k + b) + log B(a, b)` with `a = m c`, `b = (1 - m) c`, the mean `m = sigmoid(l)` and the
 * concentration `log c = 8 - softplus(8 - logConcentration)`: a large one makes it binomial, a small one puts it at both ends. Targets count as
 * the nearest level; they are data, and no gradient flows to them.
 *
 * @param logits `[batch, ...]`, the decoder's pre-activations.
 * @param logConcentration of the same shape.
 * @param target of the same shape, in [0, 1]: counts over `trials`.
 * @returns nats per example, `[batch]`.
 * @throws `E_SHAPE` unless the shapes are equal and of rank 2 or more; `E_RANGE` for a number of trials that is none.
 * @example
 * const logits = tf.zeros([1, 2]);
 * const logConcentration = tf.fill([1, 2], Math.LN2); // a = b = 1: every level is as likely
 * const target = tf.tensor2d([[0, 1 / 3]]);
 * betaBinomialNegativeLogLikelihood(logits, logConcentration, target, { trials: 3 }).dataSync(); // [2.772]: 2 log 4
 * @see Skellam 1948, A Probability Distribution Derived from the Binomial Distribution
 */
export function betaBinomialNegativeLogLikelihood(
  logits: tf.Tensor,
  logConcentration: tf.Tensor,
  target: tf.Tensor,
  options: BetaBinomialOptions = {},
): tf.Tensor1D {
  const where = 'betaBinomialNegativeLogLikelihood';
  checkOptions(where, options, { trials: anything });
  const { trials = LEVELS - 1 } = options;
  checkSameBatchShape(where, ['logits', logits], ['logConcentration', logConcentration]);
  checkSameBatchShape(where, ['logits', logits], ['target', target]);
  checkLevels(where, 'trials', trials, 1);
  return withGradient([logits, logConcentration], (save) => {
    const l = flattenExamples(logits); // [batch, pixels]
    const k = nearestLevel(flattenExamples(target), trials + 1);
    const left = tf.sub(trials, k); // n - k
    // The logarithms of a and b are kept beside them: a certain mean makes one of the two vanish in float32.
    const below = tf.sub(MOST_LOG_CONCENTRATION, flattenExamples(logConcentration));
    const logC = tf.sub(MOST_LOG_CONCENTRATION, tf.softplus(below));
    const [logA, logB] = [tf.sub(logC, tf.softplus(tf.neg(l))), tf.sub(logC, tf.softplus(l))];
    const [a, b] = [tf.exp(logA), tf.exp(logB)];
    const c = tf.add(a, b);
    // Gamma functions are taken at 1 and more: gamma(x) = gamma(x + 1) / x, where x is a or b itself.
    const [none, all] = [tf.relu(tf.sub(1, k)), tf.relu(tf.sub(1, left))]; // 1 where k is 0, or n
    const counted = logBetaFromOne(tf.add(tf.add(k, a), none), tf.add(tf.add(left, b), all));
    const before = logBetaFromOne(tf.add(a, 1), tf.add(b, 1));
    const choices = tf.add(logBetaFromOne(tf.add(k, 1), tf.add(left, 1)), portableLog(trials + 1));
    const steps = tf.sub(
      tf.add(tf.log(tf.add(c, 1)), logC),
      tf.mul(tf.add(none, all), tf.log(tf.add(c, trials))),
    );
    const small = tf.add(tf.mul(tf.sub(1, none), logA), tf.mul(tf.sub(1, all), logB));
    const each = tf.add(tf.add(tf.sub(before, counted), choices), tf.sub(steps, small));
    save([l, k, a, b, below]);
    const gradient = (upstream: tf.Tensor, [l, k, a, b, below]: tf.Tensor[]) => {
      const weight = asColumn(upstream);
      const mean = tf.sigmoid(l!);
      const ofA = rising(k!, a!);
      const ofB = rising(tf.sub(trials, k!), b!);
      const c = tf.add(a!, b!);
      const ofC = tf.add(tf.mul(c, digammaRise(tf.add(c, 1), trials - 1)), 1);
      const ofLogits = tf.sub(tf.mul(mean, ofB), tf.mul(tf.sigmoid(tf.neg(l!)), ofA));
      const ofConcentration = tf.mul(tf.sub(ofC, tf.add(ofA, ofB)), tf.sigmoid(below!));
      return [
        tf.reshape(tf.mul(ofLogits, weight), logits.shape),
        tf.reshape(tf.mul(ofConcentration, weight), logConcentration.shape),
      ];
    };
    return { value: tf.sum<tf.Tensor1D>(each, 1), gradient };
  });
}

/** The slope in log a of `log gamma(k + a) - log gamma(a)`, for whole numbers k: 0 where k is 0. */
function rising(k: tf.Tensor, a: tf.Tensor): tf.Tensor {
  const none = tf.relu(tf.sub(1, k));
  const rise = digammaRise(tf.add(a, 1), tf.sub(tf.add(k, none), 1));
  return tf.add(tf.sub(1, none), tf.mul(a, rise));
}
