import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startWasmBackend } from '../start-wasm-backend.ts';
import { ACTIVATIONS } from '../testing/activations.ts';
import type { ConvCase } from '../testing/conv-cases.ts';
import { DEPTHWISE_CASES } from '../testing/depthwise-cases.ts';
import { expectAgreement } from '../testing/expect-agreement.ts';
import { randomTensor } from '../testing/random-tensor.ts';

await startWasmBackend();

function depthwiseConv2d({ x, filter, strides, pad, dilations }: ConvCase): tf.Tensor {
  return tf.depthwiseConv2d(
    ...[randomTensor<tf.Rank.R4>(x, 1), randomTensor<tf.Rank.R4>(filter, 2)],
    ...([strides, pad as number, 'NHWC', dilations] as const),
  );
}

function fusedDepthwiseConv2d(
  { x, filter, strides, pad, dilations }: ConvCase,
  activation: tf.fused.Activation,
  biasShape: number[] | null = [filter[2] * filter[3]],
): tf.Tensor {
  return tf.fused.depthwiseConv2d({
    x: randomTensor<tf.Rank.R4>(x, 1),
    filter: randomTensor<tf.Rank.R4>(filter, 2),
    bias: biasShape ? randomTensor(biasShape as [number], 3) : undefined,
    strides,
    pad: pad as number,
    dilations,
    activation,
    leakyreluAlpha: 0.3,
    preluActivationWeights: activation === 'prelu' ? randomTensor([filter[2] * filter[3]], 4) : undefined,
  });
}

describe('tf.depthwiseConv2d', () => {
  it.each(DEPTHWISE_CASES)("is the cpu backend's for %s", async (_, one) => {
    await expectAgreement(() => depthwiseConv2d(one));
  });

  it('wants channels last', () => {
    const operands = { x: tf.zeros([1, 3, 8, 8]), filter: tf.zeros([3, 3, 3, 2]) };
    const attributes = { strides: 1, pad: 'same', dataFormat: 'NCHW', dilations: 1 };
    expect(() => tf.engine().runKernel(tf.DepthwiseConv2dNative, operands, attributes)).toThrow(
      expect.objectContaining({ code: 'E_BACKEND', message: expect.stringContaining('channels-last') }),
    );
  });

  it('says which channels do not agree', () => {
    const operands = { x: tf.zeros([1, 8, 8, 4]), filter: tf.zeros([3, 3, 2, 1]) };
    expect(() =>
      tf.engine().runKernel(tf.DepthwiseConv2dNative, operands, { strides: 1, pad: 'same' }),
    ).toThrow(
      expect.objectContaining({
        code: 'E_SHAPE',
        message: expect.stringContaining('got [1,8,8,4] and [3,3,2,1]'),
      }),
    );
  });
});

describe('tf.fused.depthwiseConv2d', () => {
  it.each(ACTIVATIONS)("is the cpu backend's with %s, with and without a bias", async (activation) => {
    for (const [what, one] of DEPTHWISE_CASES) {
      if (one.x[0] === 0) continue; // tfjs's own element-wise kernels are not asked about nothing
      for (const bias of [undefined, null])
        await expectAgreement(() => fusedDepthwiseConv2d(one, activation, bias), { what });
    }
  });

  it('says that a bias of one number is not one number a channel', () => {
    const one: ConvCase = { x: [1, 5, 5, 3], filter: [3, 3, 3, 2], strides: 1, pad: 'same' };
    expect(() => fusedDepthwiseConv2d(one, 'linear', [1])).toThrow(
      expect.objectContaining({
        code: 'E_SHAPE',
        message: expect.stringContaining('for each of 6 columns'),
      }),
    );
  });
});
