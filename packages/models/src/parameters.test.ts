import '@tensorflow/tfjs-backend-cpu';
import { startWasmBackend } from '@latentkit/backend';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { parametersToArrays, parametersToTensors } from './parameters.ts';

const arrays = {
  kernel: { shape: [2, 2], data: Float32Array.of(1, -2, 0.1, 3e38) },
  scalar: { shape: [], data: Float32Array.of(-0) },
};

describe.each([
  ['cpu', () => tf.setBackend('cpu')],
  ['wasm', () => startWasmBackend()],
] as const)('parameters on the backend %s', (_, useBackend) => {
  beforeAll(() => useBackend() as Promise<unknown>);

  it('come back as they went, bit for bit', () => {
    expect(parametersToArrays(parametersToTensors(arrays))).toEqual(arrays);
  });

  it('are copies both ways', () => {
    const mine = { w: { shape: [3], data: Float32Array.of(1, 2, 3) } };
    const tensors = parametersToTensors(mine);
    mine.w.data.fill(9);
    const back = parametersToArrays(tensors);
    expect([...back.w!.data]).toEqual([1, 2, 3]);
    back.w!.data.fill(7);
    expect([...tensors.w!.dataSync()]).toEqual([1, 2, 3]);
  });

  it('leave no tensors behind once disposed of', () => {
    const before = tf.memory().numTensors;
    const tensors = parametersToTensors(arrays);
    parametersToArrays(tensors);
    expect(tf.memory().numTensors).toBe(before + 2);
    tf.dispose(tensors as tf.NamedTensorMap);
    expect(tf.memory().numTensors).toBe(before);
  });
});
