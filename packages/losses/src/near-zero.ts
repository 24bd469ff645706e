import * as tf from '@tensorflow/tfjs-core';

/** Below, series are taken: the digits of their formulas cancel there, and at 0 these are 0 / 0. */
const NEAR = 1;

/** A number for two ways to compute of it: each argument stays where its way is good, so that both results are finite. */
export interface NearZero {
  /** The number, from -1 to 1: for the series. */
  readonly low: tf.Tensor;
  /** Its size, at least 1: for the formula. */
  readonly far: tf.Tensor;
  /** Each result where it is good. */
  choose(series: tf.Tensor, formula: tf.Tensor): tf.Tensor;
}

export function nearZero(x: tf.Tensor): NearZero {
  const size = tf.abs(x);
  const isFar = tf.step(tf.sub(size, NEAR));
  return {
    low: tf.clipByValue(x, -NEAR, NEAR),
    far: tf.maximum(size, NEAR),
    choose: (series, formula) => tf.add(tf.mul(tf.sub(1, isFar), series), tf.mul(isFar, formula)),
  };
}

/** `c[0] + c[1] t + c[2] t^2 + ...` of two coefficients or more, from the end. */
export function polynomial(t: tf.Tensor, coefficients: readonly number[]): tf.Tensor {
  const [last, ...others] = coefficients.toReversed();
  return others.reduce<tf.Tensor | number>((sum, one) => tf.add(tf.mul(sum, t), one), last!) as tf.Tensor;
}

/**
 * `log((1 - exp(-a)) / a)` of numbers from 0 on, 0 at 0: the logarithm of the mean of `exp(-t)` for t from 0 to a. No gradient.
 */
export function logMeanPower(a: tf.Tensor): tf.Tensor {
  const { low, far, choose } = nearZero(a);
  const square = tf.square(low);
  const even = tf.mul(square, polynomial(square, [1 / 24, -1 / 2880, 1 / 181440, -1 / 9676800]));
  const formula = tf.sub(tf.log(tf.neg(tf.expm1(tf.neg(far)))), tf.log(far));
  return choose(tf.sub(even, tf.mul(low, 0.5)), formula);
}
