import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { CONV_CASES } from '../testing/conv-cases.ts';
import { describeConvGradients } from '../testing/describe-conv-gradients.ts';
import { expectAgreement } from '../testing/expect-agreement.ts';
import { randomTensor } from '../testing/random-tensor.ts';

describeConvGradients({
  name: 'tf.conv2d',
  cases: CONV_CASES,
  convolve: (x, filter, { strides, pad, dilations }) => tf.conv2d(x, filter, strides, pad, 'NHWC', dilations),
  depthwise: false,
  inputKernel: tf.Conv2DBackpropInput,
  filterKernel: tf.Conv2DBackpropFilter,
  decimals: 1, // sums of a few thousand terms of size 1
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
