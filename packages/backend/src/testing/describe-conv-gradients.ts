import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startWasmBackend } from '../start-wasm-backend.ts';
import type { ConvCase } from './conv-cases.ts';
import { expectAgreement } from './expect-agreement.ts';
import { randomTensor } from './random-tensor.ts';

/** What differs between a convolution over all channels and one of each channel alone. */
export interface ConvGradientsRow {
  readonly name: string;
  readonly cases: [string, ConvCase][];
  readonly convolve: (x: tf.Tensor4D, filter: tf.Tensor4D, one: ConvCase) => tf.Tensor;
  readonly depthwise: boolean;
  readonly inputKernel: string;
  readonly filterKernel: string;
  /** Decimals to which two sums of float32 products agree. */
  readonly decimals: number;
}

/** Random numbers in the shape of a case's output. */
export function gradientAt(
  { x, filter, strides, pad, dilations = 1 }: ConvCase,
  depthwise: boolean,
): tf.Tensor {
  const { outShape } = tf.backend_util.computeConv2DInfo(
    x,
    filter,
    strides,
    dilations,
    pad,
    undefined,
    depthwise,
  );
  return randomTensor<tf.Rank.R4>(outShape, 3);
}

/** The gradients by a convolution's input and filter: the cpu backend's, and adjoint to the convolution itself. */
export function describeConvGradients({ name, cases, convolve, depthwise, ...row }: ConvGradientsRow): void {
  const attributesOf = ({ strides, pad, dilations = 1 }: ConvCase): tf.NamedAttrMap => ({
    ...{ strides, pad: pad as number, dilations },
    ...(!depthwise && { dataFormat: 'NHWC' }),
  });
  const run = (kernel: string, inputs: tf.NamedTensorMap, attributes: tf.NamedAttrMap): tf.Tensor =>
    tf.engine().runKernel(kernel, inputs, attributes);
  const byInput = (one: ConvCase) =>
    run(
      row.inputKernel,
      { dy: gradientAt(one, depthwise), filter: randomTensor<tf.Rank.R4>(one.filter, 2) },
      { ...attributesOf(one), inputShape: one.x },
    );
  const byFilter = (one: ConvCase) =>
    run(
      row.filterKernel,
      { x: randomTensor<tf.Rank.R4>(one.x, 1), dy: gradientAt(one, depthwise) },
      { ...attributesOf(one), filterShape: one.filter },
    );

  // tfjs's cpu kernels of these gradients ignore dilations.
  const undilated = cases.filter(([, { dilations }]) => dilations === undefined);

  describe.each([
    [row.inputKernel, byInput],
    [row.filterKernel, byFilter],
  ])('%s', (_, compute) => {
    it.each(undilated)("is the cpu backend's for %s", async (what, one) => {
      await expectAgreement(() => compute(one), { what });
    });
  });

  it.each(cases)(`both are adjoint to ${name} for %s`, async (_, one) => {
    await startWasmBackend();
    const inner = (a: tf.Tensor, b: tf.Tensor) => {
      const [left, right] = [a.dataSync<'float32'>(), b.dataSync<'float32'>()];
      return left.reduce((sum, value, i) => sum + value * right[i]!, 0);
    };
    const x = randomTensor<tf.Rank.R4>(one.x, 1);
    const filter = randomTensor<tf.Rank.R4>(one.filter, 2);
    const expected = inner(convolve(x, filter, one), gradientAt(one, depthwise));
    expect(inner(x, byInput(one))).toBeCloseTo(expected, row.decimals);
    expect(inner(filter, byFilter(one))).toBeCloseTo(expected, row.decimals);
  });
}
