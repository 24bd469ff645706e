import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import { startWasmBackend } from '../start-wasm-backend.ts';

await startWasmBackend();

it.each([
  ['float32', [1.5, -2]],
  ['int32', [1, -2]],
  ['bool', [1, 0]],
  ['string', ['a', 'b']],
] as const)('a clone of %s numbers outlives its original', (dtype, values) => {
  const original = tf.tensor1d([...values] as number[], dtype);
  const clone = tf.clone(original);
  original.dispose();
  expect([...clone.dataSync()]).toEqual(values);
  expect(clone.dtype).toBe(dtype);
  clone.dispose();
});

it('takes no room, and gives the numbers back with the last of its clones', () => {
  const before = tf.memory().numDataBuffers;
  const original = tf.zeros([1000]);
  const clones = [tf.clone(original), tf.clone(original)];
  expect(tf.memory().numDataBuffers).toBe(before + 1);
  tf.dispose([original, clones[0]!]);
  expect(tf.memory().numDataBuffers).toBe(before + 1);
  tf.dispose(clones[1]!);
  expect(tf.memory().numDataBuffers).toBe(before);
});

it('moves to another backend and back with its clones', async () => {
  const original = tf.tensor1d([1, 2]);
  const clone = tf.clone(original);
  await tf.setBackend('cpu');
  expect([...tf.square(original).dataSync()]).toEqual([1, 4]);
  await startWasmBackend();
  original.dispose();
  expect([...tf.square(clone).dataSync()]).toEqual([1, 4]);
});
