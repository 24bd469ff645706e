import '@tensorflow/tfjs-backend-cpu';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { meanOverBatch } from './mean-over-batch.ts';

for (const batch of [1, 3, 17]) {
  it(`is the mean of ${batch}, with gradient 1/${batch} each`, () => {
    const values = Float32Array.from({ length: batch }, (_, i) => i * i - 3);
    const { value, grad } = tf.valueAndGrad(meanOverBatch)(tf.tensor1d(values), tf.scalar(2));
    expect(value.shape).toEqual([]);
    expectClose(value.dataSync(), [values.reduce((sum, v) => sum + v, 0) / batch]);
    expectClose(grad.dataSync(), new Float32Array(batch).fill(2 / batch));
  });
}

it('leaves no tensors behind', () => {
  const perExample = tf.ones([4]);
  const before = tf.memory().numTensors;
  meanOverBatch(perExample).dispose();
  tf.grad(meanOverBatch)(perExample).dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it('refuses what is not [batch], and an empty batch', () => {
  expect(() => meanOverBatch(tf.zeros([2, 3]))).toThrow(
    'expected [batch] with one example or more, got [2, 3]',
  );
  expect(() => meanOverBatch(tf.scalar(1))).toThrow('got []');
  expect(() => meanOverBatch(tf.zeros([0]))).toThrow('got [0]');
});
