import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startWasmBackend } from '../start-wasm-backend.ts';
import { CONV_CASES, type ConvCase } from '../testing/conv-cases.ts';
import { expectAgreement } from '../testing/expect-agreement.ts';
import { randomTensor } from '../testing/random-tensor.ts';

await startWasmBackend();

function attributesOf({ strides, pad, dilations = 1 }: ConvCase): tf.NamedAttrMap {
  return { strides, pad: pad as number, dilations, dataFormat: 'NHWC' };
}

function gradientAt({ x, filter, strides, pad, dilations = 1 }: ConvCase): tf.Tensor {
  const { outShape } = tf.backend_util.computeConv2DInfo(x, filter, strides, dilations, pad);
  return randomTensor<tf.Rank.R4>(outShape, 3);
}

const backpropInput = (one: ConvCase): tf.Tensor =>
  tf
    .engine()
    .runKernel(
      tf.Conv2DBackpropInput,
      { dy: gradientAt(one), filter: randomTensor<tf.Rank.R4>(one.filter, 2) },
      { ...attributesOf(one), inputShape: one.x },
    );

const backpropFilter = (one: ConvCase): tf.Tensor =>
  tf
    .engine()
    .runKernel(
      tf.Conv2DBackpropFilter,
      { x: randomTensor<tf.Rank.R4>(one.x, 1), dy: gradientAt(one) },
      { ...attributesOf(one), filterShape: one.filter },
    );

// tfjs's cpu kernels of these gradients ignore dilations.
const undilated = CONV_CASES.filter(([, { dilations }]) => dilations === undefined);

describe.each([
  ['Conv2DBackpropInput', backpropInput],
  ['Conv2DBackpropFilter', backpropFilter],
])('%s', (_, compute) => {
  it.each(undilated)("is the cpu backend's for %s", async (what, one) => {
    await expectAgreement(() => compute(one), { what });
  });
});

it.each(CONV_CASES)('both are adjoint to tf.conv2d for %s', async (_, one) => {
  await startWasmBackend();
  const inner = (a: tf.Tensor, b: tf.Tensor) => {
    const [left, right] = [a.dataSync<'float32'>(), b.dataSync<'float32'>()];
    return left.reduce((sum, value, i) => sum + value * right[i]!, 0);
  };
  const x = randomTensor<tf.Rank.R4>(one.x, 1);
  const filter = randomTensor<tf.Rank.R4>(one.filter, 2);
  const y = tf.conv2d(x, filter, one.strides, one.pad, 'NHWC', one.dilations);
  const expected = inner(y, gradientAt(one));
  // Sums of a few thousand terms of size 1, in float32.
  expect(inner(x, backpropInput(one))).toBeCloseTo(expected, 1);
  expect(inner(filter, backpropFilter(one))).toBeCloseTo(expected, 1);
});

describe('tf.conv2dTranspose', () => {
  it.each([
    [[1, 1, 1, 1], [1, 1, 1, 1], 1, 'same', [1, 1, 1, 1]],
    [[2, 7, 7, 5], [3, 3, 3, 5], 2, 'same', [2, 14, 14, 3]],
    [[2, 7, 7, 5], [3, 3, 3, 5], 2, 'same', [2, 13, 13, 3]],
    [[1, 4, 3, 3], [4, 4, 1, 3], 3, 'valid', [1, 13, 10, 1]],
    [[3, 5, 5, 3], [2, 2, 5, 3], 1, 'valid', [3, 6, 6, 5]],
  ] as const)(
    "is the cpu backend's for %j with filter %j, stride %d, %s",
    async (x, filter, stride, pad, out) => {
      await expectAgreement(() =>
        tf.conv2dTranspose(
          randomTensor<tf.Rank.R4>([...x], 1),
          randomTensor<tf.Rank.R4>([...filter], 2),
          [...out],
          stride,
          pad,
        ),
      );
    },
  );
});
