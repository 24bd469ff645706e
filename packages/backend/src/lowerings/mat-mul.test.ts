import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startWasmBackend } from '../start-wasm-backend.ts';
import { expectAgreement } from '../testing/expect-agreement.ts';
import { randomTensor } from '../testing/random-tensor.ts';

await startWasmBackend();

const FLAGS: [boolean, boolean][] = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
];
const flip = (shape: number[], transposed: boolean) =>
  transposed ? [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!] : shape;

describe('tf.matMul', () => {
  it.each(FLAGS)(
    "is the cpu backend's at ragged sizes, transposed %s and %s",
    async (transposeA, transposeB) => {
      for (const m of [1, 3, 4, 17, 129]) {
        for (const n of [1, 5, 8, 33]) {
          for (const k of [1, 3, 4, 17, 257]) {
            await expectAgreement(
              () =>
                tf.matMul(
                  randomTensor(flip([m, k], transposeA) as [number, number], 1),
                  randomTensor(flip([k, n], transposeB) as [number, number], 2),
                  transposeA,
                  transposeB,
                ),
              { what: `${m} x ${n} x ${k}`, absolute: 3e-5 },
            );
          }
        }
      }
    },
  );

  it.each([
    { a: [2], b: [2] },
    { a: [7], b: [1] },
    { a: [1], b: [6] },
    { a: [], b: [5] },
    { a: [5], b: [] },
    { a: [2, 1], b: [1, 5] },
    { a: [2, 3], b: [2, 1] },
    { a: [1, 1], b: [2, 3] },
    { a: [3], b: [2, 1] },
  ])('repeats batch dimensions of size 1: $a and $b, with every transpose', async ({ a, b }) => {
    const outer = tf.broadcast_util.assertAndGetBroadcastShape(a, b);
    for (const [transposeA, transposeB] of FLAGS) {
      const [matrixA, matrixB] = [flip([3, 4], transposeA), flip([4, 5], transposeB)];
      await expectAgreement(() => {
        const operands = [
          randomTensor([...a, ...matrixA] as [number, number], 1),
          randomTensor([...b, ...matrixB] as [number, number], 2),
        ] as const;
        if (tf.getBackend() === 'wasm') return tf.matMul(...operands, transposeA, transposeB);
        // tfjs's cpu kernel is wrong where both are repeated: it gets them repeated already.
        const repeated = [
          tf.broadcastTo(operands[0], [...outer, ...matrixA] as [number, number]),
          tf.broadcastTo(operands[1], [...outer, ...matrixB] as [number, number]),
        ] as const;
        return tf.matMul(...repeated, transposeA, transposeB);
      });
    }
  });

  it('gives nothing for no rows, no columns or no batch, and zeros for nothing to add up', () => {
    const shapeOf = (a: number[], b: number[]) => tf.matMul(tf.zeros(a), tf.zeros(b)).shape;
    expect(shapeOf([0, 3], [3, 4])).toEqual([0, 4]);
    expect(shapeOf([2, 3], [3, 0])).toEqual([2, 0]);
    expect(shapeOf([0, 2, 3], [1, 3, 4])).toEqual([0, 2, 4]);
    expect([...tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 3])).dataSync()]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('takes a vector and a matrix', async () => {
    await expectAgreement(() => tf.dot(randomTensor([4], 1), randomTensor([4, 3], 2)));
  });

  it('wants float32', () => {
    const whole = tf.ones([2, 2], 'int32');
    expect(() => tf.matMul(whole, whole)).toThrow(
      expect.objectContaining({
        code: 'E_BACKEND',
        message: expect.stringMatching(/a must be float32, got int32.*tf\.cast/),
      }),
    );
  });

  it('says which inner sizes do not agree', () => {
    expect(() => tf.matMul(tf.zeros([2, 3]), tf.zeros([4, 5]))).toThrow('got [2,3] and [4,5]');
    expect(() => tf.matMul(tf.zeros([2, 3]), tf.zeros([3, 5]), true)).toThrow(
      'got [2,3] transposed and [3,5]',
    );
  });
});
