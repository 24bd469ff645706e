import { softmax } from '@latentkit/losses/ops';
import * as tf from '@tensorflow/tfjs-core';

/**
 * One sample of each example, drawn in proportion to its weight: a one where it is, `[batch, samples]`; a constant to the gradient.
 *
 * The sample is the first whose cumulated weight is above the uniform number.
 *
 * @param logWeights `[batch, samples]`, two samples or more.
 * @param uniform `[batch, 1]`, from 0 to 1.
 */
export function drawByWeight(logWeights: tf.Tensor2D, uniform: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const samples = logWeights.shape[1];
    const before = samples - 1; // the last is what no cumulated weight before it reaches, whatever they round to
    const cumulated = tf.matMul(
      softmax<tf.Tensor2D>(logWeights),
      matrix(samples, before, (i, j) => Number(i <= j)),
    );
    const isReached = tf.step(tf.sub<tf.Tensor2D>(cumulated, uniform));
    // Of 0 0 1 1 the first one: each less the one before it.
    const first = tf.matMul(
      isReached,
      matrix(before, samples, (i, j) => Number(i === j) - Number(i + 1 === j)),
    );
    return tf.add<tf.Tensor2D>(
      first,
      matrix(1, samples, (_, j) => Number(j === before)),
    );
  });
}

function matrix(rows: number, columns: number, at: (i: number, j: number) => number): tf.Tensor2D {
  const data = Float32Array.from({ length: rows * columns }, (_, place) =>
    at(Math.floor(place / columns), place % columns),
  );
  return tf.tensor2d(data, [rows, columns]);
}
