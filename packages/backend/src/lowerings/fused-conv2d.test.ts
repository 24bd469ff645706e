import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startWasmBackend } from '../start-wasm-backend.ts';
import { ACTIVATIONS } from '../testing/activations.ts';
import { CONV_CASES, type ConvCase } from '../testing/conv-cases.ts';
import { expectAgreement } from '../testing/expect-agreement.ts';
import { randomTensor } from '../testing/random-tensor.ts';

await startWasmBackend();

function fusedConv2d(
  { x, filter, strides, pad, dilations }: ConvCase,
  activation: tf.fused.Activation,
  biasShape: number[] | null = [filter[3]],
): tf.Tensor {
  return tf.fused.conv2d({
    x: randomTensor<tf.Rank.R4>(x, 1),
    filter: randomTensor<tf.Rank.R4>(filter, 2),
    bias: biasShape ? randomTensor(biasShape as [number], 3) : undefined,
    strides,
    pad,
    dilations,
    activation,
    leakyreluAlpha: 0.3,
    preluActivationWeights: activation === 'prelu' ? randomTensor([filter[3]], 4) : undefined,
  });
}

describe('tf.fused.conv2d', () => {
  it.each(ACTIVATIONS)("is the cpu backend's with %s, with and without a bias", async (activation) => {
    for (const [what, one] of CONV_CASES) {
      if (one.x[0] === 0) continue; // tfjs's own element-wise kernels are not asked about nothing
      for (const bias of [undefined, null])
        await expectAgreement(() => fusedConv2d(one, activation, bias), { what });
    }
  });

  it.each([[[]], [[1]]])('says that a bias of shape %j is not one number a channel', (shape) => {
    const one: ConvCase = { x: [1, 5, 5, 3], filter: [3, 3, 3, 4], strides: 1, pad: 'same' };
    expect(() => fusedConv2d(one, 'linear', shape)).toThrow(
      expect.objectContaining({ code: 'E_SHAPE', message: expect.stringContaining('for each of 4 columns') }),
    );
  });
});
