import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startWasmBackend } from '../start-wasm-backend.ts';
import { expectAgreement } from '../testing/expect-agreement.ts';
import { randomTensor } from '../testing/random-tensor.ts';

await startWasmBackend();

type Shape = [number, number, number, number];

interface PoolCase {
  shape: Shape;
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: 'same' | 'valid' | number;
}

const CASES: [string, PoolCase][] = [
  ['one pixel', { shape: [1, 1, 1, 1], filterSize: 1, strides: 1, pad: 'valid' }],
  ['halving', { shape: [2, 8, 8, 3], filterSize: 2, strides: 2, pad: 'valid' }],
  ['halving odd sizes', { shape: [3, 7, 5, 5], filterSize: 2, strides: 2, pad: 'same' }],
  ['overlapping windows', { shape: [2, 9, 8, 1], filterSize: 3, strides: 2, pad: 'same' }],
  ['windows that leave pixels out', { shape: [1, 10, 10, 3], filterSize: 2, strides: 3, pad: 'valid' }],
  ['oblong windows', { shape: [2, 7, 9, 3], filterSize: [3, 2], strides: [1, 2], pad: 'valid' }],
  ['a number of padding', { shape: [1, 5, 5, 3], filterSize: 3, strides: 2, pad: 1 }],
];

/** The gradient of tf.maxPool of numbers shifted by `shift`. */
function gradient({ shape, filterSize, strides, pad }: PoolCase, shift = 0): tf.Tensor {
  const input = tf.add(randomTensor(shape, 1), shift) as tf.Tensor4D;
  const output = tf.maxPool(input, filterSize, strides, pad);
  const dy = randomTensor(output.shape, 2);
  return tf.engine().runKernel(tf.MaxPoolGrad, { dy, input, output }, { filterSize, strides, pad });
}

describe('the gradient of tf.maxPool', () => {
  it.each(CASES)("is the cpu backend's for %s", async (what, one) => {
    await expectAgreement(() => gradient(one), { what });
  });

  it.each(CASES)('does not depend on the sign of the image, for %s', async (_, one) => {
    await startWasmBackend();
    expectClose(gradient(one, -1000).dataSync(), gradient(one, 1000).dataSync(), {
      relative: 0,
      absolute: 0,
    });
  });

  it('wants float32', () => {
    const input = tf.zeros([1, 2, 2, 1], 'int32');
    const operands = { dy: tf.zeros([1, 1, 1, 1]), input, output: tf.zeros([1, 1, 1, 1]) };
    const attributes = { filterSize: 2, strides: 2, pad: 'valid' };
    expect(() => tf.engine().runKernel(tf.MaxPoolGrad, operands, attributes)).toThrow(
      expect.objectContaining({ code: 'E_BACKEND' }),
    );
  });
});
