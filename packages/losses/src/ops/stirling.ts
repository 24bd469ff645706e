import { portableLog } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { polynomial } from '../near-zero.ts';

const HALF_LOG_TWO_PI = 0.5 * portableLog(2 * Math.PI);

/**
 * `z (log gamma(z) - ((z - 1/2) log z - z + log(2 pi) / 2))` by powers of `1 / z`, for z of at least 1: fitted at Chebyshev's
 * points, off by 3e-9 at most. Stirling's own series diverges where z is small.
 */
const REMAINDER = [
  0.08333333418825853, -1.8224493306693082e-7, -0.0027725245346902926, -5.343473354280808e-5,
  0.001049638320782761, -6.33678904966381e-4, 1.3831779750159818e-4,
];

/** `z^2 (log z - 1 / (2 z) - digamma(z))` likewise, off by 5e-8 at most. */
const SLOPE = [
  0.08333331153064348, 1.5387436291922248e-6, -0.008342950032483424, -9.193211735367092e-5,
  0.00498717704524015, -0.003546859225786205, 8.754194253956707e-4,
];

/** What Stirling's formula lacks of `log gamma(z)`, z at least 1. */
function remainder(z: tf.Tensor): tf.Tensor {
  const t = tf.reciprocal(z);
  return tf.mul(t, polynomial(t, REMAINDER));
}

/** `log gamma(z)` of numbers of at least 1. */
export function logGammaFromOne(z: tf.Tensor): tf.Tensor {
  const main = tf.sub(tf.mul(tf.sub(z, 0.5), tf.log(z)), z);
  return tf.add(main, tf.add(remainder(z), HALF_LOG_TWO_PI));
}

/** The slope of {@link logGammaFromOne}. */
export function digammaFromOne(z: tf.Tensor): tf.Tensor {
  return tf.sub(tf.log(z), slopeRest(z));
}

/** `digamma(z + by) - digamma(z)` of z from 1 and steps from 0 on: however large z is beside them, the digits stay. */
export function digammaRise(z: tf.Tensor, by: tf.Tensor | number): tf.Tensor {
  const rests = tf.sub(slopeRest(z), slopeRest(tf.add(z, by)));
  return tf.add(tf.log1p(tf.div(by, z)), rests);
}

/** `log z - digamma(z)`. */
function slopeRest(z: tf.Tensor): tf.Tensor {
  const t = tf.reciprocal(z);
  return tf.mul(t, tf.add(tf.mul(t, polynomial(t, SLOPE)), 0.5));
}

/**
 * `log B(a, b) = log gamma(a) + log gamma(b) - log gamma(a + b)` of numbers of at least 1, by shares of their sum: three large
 * logarithms would leave few digits of their difference.
 */
export function logBetaFromOne(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const sum = tf.add(a, b);
  const share = (part: tf.Tensor) => tf.mul(tf.sub(part, 0.5), tf.log(tf.div(part, sum)));
  const shares = tf.sub(tf.add(share(a), share(b)), tf.mul(tf.log(sum), 0.5));
  const rest = tf.sub(tf.add(remainder(a), remainder(b)), remainder(sum));
  return tf.add(shares, tf.add(rest, HALF_LOG_TWO_PI));
}
