import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startWasmBackend } from '../start-wasm-backend.ts';
import type { ConvCase } from '../testing/conv-cases.ts';
import { DEPTHWISE_CASES } from '../testing/depthwise-cases.ts';
import { expectAgreement } from '../testing/expect-agreement.ts';
import { randomTensor } from '../testing/random-tensor.ts';

await startWasmBackend();

function attributesOf({ strides, pad, dilations = 1 }: ConvCase): tf.NamedAttrMap {
  return { strides, pad: pad as number, dilations };
}

function gradientAt({ x, filter, strides, pad, dilations = 1 }: ConvCase): tf.Tensor {
  const { outShape } = tf.backend_util.computeConv2DInfo(x, filter, strides, dilations, pad, undefined, true);
  return randomTensor<tf.Rank.R4>(outShape, 3);
}

const backpropInput = (one: ConvCase): tf.Tensor =>
  tf
    .engine()
    .runKernel(
      tf.DepthwiseConv2dNativeBackpropInput,
      { dy: gradientAt(one), filter: randomTensor<tf.Rank.R4>(one.filter, 2) },
      { ...attributesOf(one), inputShape: one.x },
    );

const backpropFilter = (one: ConvCase): tf.Tensor =>
  tf
    .engine()
    .runKernel(
      tf.DepthwiseConv2dNativeBackpropFilter,
      { x: randomTensor<tf.Rank.R4>(one.x, 1), dy: gradientAt(one) },
      { ...attributesOf(one), filterShape: one.filter },
    );

// tfjs's cpu kernels of these gradients ignore dilations.
const undilated = DEPTHWISE_CASES.filter(([, { dilations }]) => dilations === undefined);

describe.each([
  ['DepthwiseConv2dNativeBackpropInput', backpropInput],
  ['DepthwiseConv2dNativeBackpropFilter', backpropFilter],
])('%s', (_, compute) => {
  it.each(undilated)("is the cpu backend's for %s", async (what, one) => {
    await expectAgreement(() => compute(one), { what });
  });
});

it.each(DEPTHWISE_CASES)('both are adjoint to tf.depthwiseConv2d for %s', async (_, one) => {
  await startWasmBackend();
  const inner = (a: tf.Tensor, b: tf.Tensor) => {
    const [left, right] = [a.dataSync<'float32'>(), b.dataSync<'float32'>()];
    return left.reduce((sum, value, i) => sum + value * right[i]!, 0);
  };
  const x = randomTensor<tf.Rank.R4>(one.x, 1);
  const filter = randomTensor<tf.Rank.R4>(one.filter, 2);
  const y = tf.depthwiseConv2d(x, filter, one.strides, one.pad as number, 'NHWC', one.dilations);
  const expected = inner(y, gradientAt(one));
  // Sums of a few thousand terms of size 1, in float32.
  expect(inner(x, backpropInput(one))).toBeCloseTo(expected, 2);
  expect(inner(filter, backpropFilter(one))).toBeCloseTo(expected, 2);
});

it('are what tf.grads of tf.fused.depthwiseConv2d uses, with a bias', async () => {
  const one: ConvCase = { x: [2, 7, 6, 3], filter: [3, 3, 3, 2], strides: 2, pad: 'same' };
  const shapes: number[][] = [one.x, one.filter, [6]];
  const compute = (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor) =>
    tf.fused.depthwiseConv2d({
      ...{ x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, bias },
      ...{ strides: 2, pad: 'same' },
    });
  for (const which of [0, 1, 2]) {
    await expectAgreement(() => {
      const operands = shapes.map((shape, i) => randomTensor(shape as [number], i));
      return tf.grads(compute)(operands, gradientAt(one))[which]!;
    });
  }
});
