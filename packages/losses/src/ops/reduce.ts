import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './with-gradient.ts';

/**
 * The sum over one axis, the last by default; its gradient is the upstream one, repeated.
 *
 * @example
 * sum(tf.tensor2d([[1, 2], [3, 4]])).dataSync(); // [3, 7]
 */
export function sum<Result extends tf.Tensor = tf.Tensor>(x: tf.Tensor, axis = x.rank - 1): Result {
  return withGradient([x], () => ({
    value: tf.sum<Result>(x, axis),
    gradient: (upstream) => [tf.mul(asKept(upstream, x, axis), tf.ones(onlyAxis(x, axis)))],
  }));
}

/**
 * `log sum exp x` over one axis, the last by default, by the axis's maximum: nothing overflows.
 *
 * Its gradient is the softmax.
 *
 * @example
 * logSumExp(tf.tensor1d([1000, 1000])).dataSync(); // [1000.693]
 */
export function logSumExp<Result extends tf.Tensor = tf.Tensor>(x: tf.Tensor, axis = x.rank - 1): Result {
  return withGradient([x], (save) => {
    const { most, powers, total } = powersOf(x, axis);
    save([powers, total]);
    return {
      value: tf.reshape(tf.add(tf.log(total), most), withoutAxis(x, axis)) as Result,
      gradient: (upstream, [powers, total]) => [tf.mul(powers!, tf.div(asKept(upstream, x, axis), total!))],
    };
  });
}

/**
 * `exp x / sum exp x` over one axis, the last by default: positive numbers that sum to one.
 *
 * @example
 * softmax(tf.tensor1d([0, Math.log(3)])).dataSync(); // [0.25, 0.75]
 */
export function softmax<Result extends tf.Tensor = tf.Tensor>(x: tf.Tensor, axis = x.rank - 1): Result {
  return withGradient([x], (save) => {
    const { powers, total } = powersOf(x, axis);
    const value = tf.div<Result>(powers, total);
    save([value]);
    return {
      value,
      gradient: (upstream, [y]) => [tf.mul(y!, tf.sub(upstream, tf.sum(tf.mul(upstream, y!), axis, true)))],
    };
  });
}

/** `exp(x - max)` and its sum, with the maximum; the axis is kept as one of size 1. */
function powersOf(x: tf.Tensor, axis: number) {
  const most = tf.max(x, axis, true);
  const powers = tf.exp(tf.sub(x, most));
  return { most, powers, total: tf.sum(powers, axis, true) };
}

function withoutAxis({ shape }: tf.Tensor, axis: number): number[] {
  return shape.filter((_, i) => i !== axis);
}

/** A reduced tensor with its axis back, of size 1. */
function asKept(reduced: tf.Tensor, { shape }: tf.Tensor, axis: number): tf.Tensor {
  return tf.reshape(
    reduced,
    shape.map((size, i) => (i === axis ? 1 : size)),
  );
}

function onlyAxis({ shape }: tf.Tensor, axis: number): number[] {
  return shape.map((size, i) => (i === axis ? size : 1));
}
