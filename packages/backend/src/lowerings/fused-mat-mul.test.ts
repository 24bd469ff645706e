import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startWasmBackend } from '../start-wasm-backend.ts';
import { ACTIVATIONS } from '../testing/activations.ts';
import { expectAgreement } from '../testing/expect-agreement.ts';
import { randomTensor } from '../testing/random-tensor.ts';

await startWasmBackend();

const SIZES = [
  [1, 1, 1],
  [3, 5, 4],
  [17, 8, 33],
  [130, 9, 5],
] as const;

interface Options {
  size: readonly [number, number, number];
  activation?: tf.fused.Activation;
  transposeA?: boolean;
  transposeB?: boolean;
  batch?: number[];
  bias?: number[] | null;
  alpha?: number[];
}

function fusedMatMul({
  size,
  activation,
  transposeA,
  transposeB,
  batch = [],
  bias,
  alpha,
}: Options): tf.Tensor {
  const [m, n, k] = size;
  return tf.fused.matMul({
    a: randomTensor([...batch, ...(transposeA ? [k, m] : [m, k])] as [number, number], 1),
    b: randomTensor([...batch, ...(transposeB ? [n, k] : [k, n])] as [number, number], 2),
    bias: bias === null ? undefined : randomTensor((bias ?? [n]) as [number], 3),
    activation,
    transposeA,
    transposeB,
    leakyreluAlpha: 0.3,
    preluActivationWeights: activation === 'prelu' ? randomTensor((alpha ?? [n]) as [number], 4) : undefined,
  });
}

describe('tf.fused.matMul', () => {
  it.each(ACTIVATIONS)(
    "is the cpu backend's with %s, every transpose, with and without a bias",
    async (activation) => {
      for (const size of SIZES) {
        for (const transposeA of [false, true]) {
          for (const transposeB of [false, true]) {
            for (const bias of [undefined, null]) {
              await expectAgreement(() => fusedMatMul({ size, activation, transposeA, transposeB, bias }));
            }
          }
        }
      }
    },
  );

  it('adds the bias in every matrix of a batch', async () => {
    for (const activation of ACTIVATIONS) {
      await expectAgreement(() => fusedMatMul({ size: [3, 5, 4], batch: [4], activation, transposeB: true }));
      await expectAgreement(() => fusedMatMul({ size: [3, 5, 4], batch: [2, 3], activation }));
    }
  });

  it('takes a bias with leading ones', async () => {
    await expectAgreement(() => fusedMatMul({ size: [3, 5, 4], bias: [1, 5] }));
  });

  it.each([[[1]], [[1, 5]], [[3, 5]]])('takes slopes of PReLU of shape %j', async (alpha) => {
    await expectAgreement(() => fusedMatMul({ size: [3, 5, 4], activation: 'prelu', alpha }));
  });

  it("carries a NaN through every activation but tfjs's relu6", () => {
    for (const activation of ACTIVATIONS) {
      if (activation === 'relu6') continue; // XNNPACK's clamp makes it 0
      const a = tf.tensor2d([
        [Number.NaN, 1],
        [1, 1],
      ]);
      const preluActivationWeights = activation === 'prelu' ? tf.ones([2]) : undefined;
      const c = tf.fused.matMul({ a, b: tf.ones([2, 2]), activation, preluActivationWeights });
      expect([...c.dataSync()].map(Number.isNaN), activation).toEqual([true, true, false, false]);
    }
  });

  it.each([[[1]], [[5, 1]], [[5, 5]], [[]]])(
    'says that a bias of shape %j is not one number a column',
    (shape) => {
      expect(() => fusedMatMul({ size: [5, 5, 4], bias: shape })).toThrow(
        expect.objectContaining({
          code: 'E_SHAPE',
          message: expect.stringContaining('for each of 5 columns'),
        }),
      );
    },
  );
});
