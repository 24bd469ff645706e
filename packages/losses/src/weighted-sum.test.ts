import '@tensorflow/tfjs-backend-cpu';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { klStandardNormal } from './kl-standard-normal.ts';
import { meanOverBatch } from './mean-over-batch.ts';
import { squaredError } from './squared-error.ts';
import { weightedSum } from './weighted-sum.ts';

/** The sum at values 3, 5, 7 with these weights, and its three gradients under an upstream of 2. */
function evaluate(...weights: number[]) {
  const values = [tf.scalar(3), tf.scalar(5), tf.scalar(7)];
  const sum = (...scalars: tf.Tensor[]) =>
    weightedSum(weights.map((weight, i) => ({ value: scalars[i] as tf.Scalar, weight })));
  const { value, grads } = tf.valueAndGrads(sum)(values.slice(0, weights.length), tf.scalar(2));
  return { value: value.dataSync(), grads: grads.map((grad) => grad.dataSync()[0]!) };
}

it('is the sum of weight times value, with the weights as gradients', () => {
  const { value, grads } = evaluate(1, 4, -0.5);
  expectClose(value, [3 + 20 - 3.5]);
  expectClose(grads, [2, 8, -1]);
});

it('takes a single term, and weights of zero', () => {
  expectClose(evaluate(2).value, [6]);
  expect(evaluate(0, 0)).toEqual({ value: Float32Array.of(0), grads: [0, 0] });
});

it('leaves a term of weight zero out, even an infinite one', () => {
  const terms = [
    { value: tf.scalar(1), weight: 1 },
    { value: tf.scalar(Number.POSITIVE_INFINITY), weight: 0 },
  ];
  expect(weightedSum(terms).dataSync()[0]).toBe(1);
});

it('keeps what is infinite behind a weight of zero out of the gradients', () => {
  const target = tf.tensor2d([[1, 0]]);
  const loss = (logVar: tf.Tensor) => {
    const reconstruction = meanOverBatch(squaredError(logVar, target, { output: 'linear' }));
    const kl = meanOverBatch(klStandardNormal(tf.zerosLike(logVar), logVar)); // exp(200) is infinite
    return weightedSum([
      { value: reconstruction, weight: 1 },
      { value: kl, weight: 0 },
    ]);
  };
  const { value, grad } = tf.valueAndGrad(loss)(tf.tensor2d([[200, 0]]));
  expectClose(value.dataSync(), [199 ** 2]);
  expectClose(grad.dataSync(), [2 * 199, 0]);
});

it('leaves no tensors behind', () => {
  const value = tf.scalar(1);
  const before = tf.memory().numTensors;
  weightedSum([{ value, weight: 1 }]).dispose();
  weightedSum([{ value, weight: 0 }]).dispose();
  tf.grad((v) => weightedSum([{ value: v as tf.Scalar, weight: 0.5 }]))(value).dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it('refuses no terms, weights that are not finite, and values that are no scalars', () => {
  expect(() => weightedSum([])).toThrow('weightedSum: expected one term or more, got none');
  expect(() => weightedSum([{ value: tf.scalar(1), weight: Number.NaN }])).toThrow(
    'the weight of term 0 must be a finite number, got NaN',
  );
  expect(() => weightedSum([{ value: tf.zeros([3]) as unknown as tf.Scalar, weight: 1 }])).toThrow(
    'the value of term 0 must be a scalar [], got [3]',
  );
});
