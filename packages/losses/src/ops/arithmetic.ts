import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './with-gradient.ts';

/**
 * `a + b`, with tfjs's broadcasting; the gradient of each is the upstream one, summed over what was repeated.
 *
 * @example
 * add(tf.tensor2d([[1], [2]]), tf.tensor2d([[10, 20]])).dataSync(); // [11, 21, 12, 22]
 */
export function add<Result extends tf.Tensor = tf.Tensor>(a: tf.Tensor, b: tf.Tensor): Result {
  return withGradient([a, b], () => ({
    value: tf.add<Result>(a, b),
    gradient: (upstream) => [sumTo(upstream, a.shape), sumTo(upstream, b.shape)],
  }));
}

/** `a - b`, with tfjs's broadcasting. */
export function subtract<Result extends tf.Tensor = tf.Tensor>(a: tf.Tensor, b: tf.Tensor): Result {
  return withGradient([a, b], () => ({
    value: tf.sub<Result>(a, b),
    gradient: (upstream) => [sumTo(upstream, a.shape), sumTo(tf.neg(upstream), b.shape)],
  }));
}

/** `a b`, element by element, with tfjs's broadcasting. */
export function multiply<Result extends tf.Tensor = tf.Tensor>(a: tf.Tensor, b: tf.Tensor): Result {
  return withGradient([a, b], (save) => {
    save([a, b]);
    return {
      value: tf.mul<Result>(a, b),
      gradient: (upstream, [left, right]) => [
        sumTo(tf.mul(upstream, right!), a.shape),
        sumTo(tf.mul(upstream, left!), b.shape),
      ],
    };
  });
}

/** `factor x` for a number, which is a constant to the gradient. */
export function scale<Result extends tf.Tensor>(x: Result, factor: number): Result {
  return withGradient([x], () => ({
    value: tf.mul<Result>(x, factor),
    gradient: (upstream) => [tf.mul(upstream, factor)],
  }));
}

/** The sum over the axes along which a tensor of this shape was repeated. */
function sumTo(gradient: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const missing = gradient.rank - shape.length;
  const axes = gradient.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < missing || (shape[axis - missing] === 1 && gradient.shape[axis] !== 1));
  const summed = axes.length === 0 ? gradient : tf.sum(gradient, axes, true);
  return tf.reshape(summed, [...shape]);
}
