import * as tf from '@tensorflow/tfjs-core';
import { it } from 'vitest';
import type { ConvCase } from '../testing/conv-cases.ts';
import { DEPTHWISE_CASES } from '../testing/depthwise-cases.ts';
import { describeConvGradients, gradientAt } from '../testing/describe-conv-gradients.ts';
import { expectAgreement } from '../testing/expect-agreement.ts';
import { randomTensor } from '../testing/random-tensor.ts';

describeConvGradients({
  name: 'tf.depthwiseConv2d',
  cases: DEPTHWISE_CASES,
  convolve: (x, filter, { strides, pad, dilations }) =>
    tf.depthwiseConv2d(x, filter, strides, pad as number, 'NHWC', dilations),
  depthwise: true,
  inputKernel: tf.DepthwiseConv2dNativeBackpropInput,
  filterKernel: tf.DepthwiseConv2dNativeBackpropFilter,
  decimals: 2,
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
      return tf.grads(compute)(operands, gradientAt(one, true))[which]!;
    });
  }
});
