import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startWasmBackend } from '../start-wasm-backend.ts';
import { CONV_CASES } from '../testing/conv-cases.ts';
import { expectAgreement } from '../testing/expect-agreement.ts';
import { randomTensor } from '../testing/random-tensor.ts';

await startWasmBackend();

describe('tf.conv2d', () => {
  it.each(CONV_CASES)("is the cpu backend's for %s", async (_, { x, filter, strides, pad, dilations }) => {
    await expectAgreement(() =>
      tf.conv2d(
        randomTensor<tf.Rank.R4>(x, 1),
        randomTensor<tf.Rank.R4>(filter, 2),
        strides,
        pad,
        'NHWC',
        dilations,
      ),
    );
  });

  it.each(['floor', 'round', 'ceil'] as const)('rounds odd output sizes by %s', async (rounding) => {
    await expectAgreement(() =>
      tf.conv2d(
        randomTensor<tf.Rank.R4>([1, 6, 7, 3], 1),
        randomTensor<tf.Rank.R4>([3, 3, 3, 2], 2),
        2,
        0,
        'NHWC',
        1,
        rounding,
      ),
    );
  });

  it('wants channels last', () => {
    const x = tf.zeros<tf.Rank.R4>([1, 3, 8, 8]);
    const filter = tf.zeros<tf.Rank.R4>([3, 3, 3, 2]);
    expect(() => tf.conv2d(x, filter, 1, 'same', 'NCHW')).toThrow(
      expect.objectContaining({
        code: 'E_BACKEND',
        message: expect.stringMatching(/channels-last.*tf\.transpose/),
      }),
    );
  });

  it('does no grouped convolution', () => {
    const operands = { x: tf.zeros([1, 8, 8, 4]), filter: tf.zeros([3, 3, 2, 6]) };
    const attributes = { strides: 1, pad: 'same', dataFormat: 'NHWC', dilations: 1 };
    expect(() => tf.engine().runKernel(tf.Conv2D, operands, attributes)).toThrow(
      expect.objectContaining({ code: 'E_BACKEND', message: expect.stringContaining('grouped convolution') }),
    );
  });

  it('wants float32', () => {
    const operands = { x: tf.zeros([1, 8, 8, 1], 'int32'), filter: tf.zeros([3, 3, 1, 2]) };
    expect(() => tf.engine().runKernel(tf.Conv2D, operands, { strides: 1, pad: 'same' })).toThrow(
      expect.objectContaining({
        code: 'E_BACKEND',
        message: expect.stringContaining('x must be float32, got int32'),
      }),
    );
  });
});
