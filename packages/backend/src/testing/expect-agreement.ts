import { type Closeness, expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect } from 'vitest';
import { startWasmBackend } from '../start-wasm-backend.ts';

/**
 * Passes if our kernels give the shape and the numbers of tfjs's cpu backend, and leave no memory behind.
 *
 * @param compute makes its tensors itself, the same at each call.
 */
export async function expectAgreement(
  compute: () => tf.Tensor,
  { relative = 1e-5, absolute = 1e-5, what }: Closeness = {},
): Promise<void> {
  const onCpu = await valueOn('cpu', compute);
  const ours = await valueOn('wasm', compute);
  expect(ours.shape, what).toEqual(onCpu.shape);
  expectClose(ours.numbers, onCpu.numbers, { relative, absolute, what });
}

async function valueOn(backend: 'cpu' | 'wasm', compute: () => tf.Tensor) {
  if (backend === 'wasm') await startWasmBackend();
  else await tf.setBackend('cpu');
  const before = { ...tf.memory() };
  const value = tf.tidy(compute);
  const { shape } = value;
  const numbers = value.dataSync();
  value.dispose();
  const { numTensors, numDataBuffers, numBytes } = tf.memory();
  expect({ numTensors, numDataBuffers, numBytes }, `memory on ${backend}`).toEqual({
    numTensors: before.numTensors,
    numDataBuffers: before.numDataBuffers,
    numBytes: before.numBytes,
  });
  return { shape, numbers };
}
