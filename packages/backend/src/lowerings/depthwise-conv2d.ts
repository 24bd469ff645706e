import { LatentkitError } from '@latentkit/core';
import type { Epilogue } from '@latentkit/kernels/nn';
import * as tf from '@tensorflow/tfjs-core';
import { pointerTo } from '../tfjs-wasm.ts';
import { epilogueActivation, type FusedAttributes, finishActivation } from './activation.ts';
import { checkBias } from './bias.ts';
import { geometryOf } from './conv-geometry.ts';
import { defineKernel, type KernelContext, makeOutput } from './kernel-context.ts';

type Size4D = [number, number, number, number];

/** tfjs's attributes of the depthwise family. */
interface DepthwiseAttributes {
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dataFormat?: 'NHWC' | 'NCHW';
  dilations?: [number, number] | number;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Shapes, geometry and channel multiplier; filters are `[height, width, channels, multiplier]`. */
function sizesOf(kernelName: string, x: number[], filter: number[], attributes: DepthwiseAttributes) {
  const { strides, pad, dimRoundingMode, dataFormat = 'NHWC', dilations } = attributes;
  const info = tf.backend_util.computeConv2DInfo(
    x as Size4D,
    filter as Size4D,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    true,
    tf.backend_util.convertConv2DDataFormat(dataFormat),
  );
  const geometry = geometryOf(kernelName, info);
  if (x[3] !== filter[2]) {
    throw new LatentkitError(
      'E_SHAPE',
      `${kernelName}: images and filter must have the same channels, got [${x}] and [${filter}]`,
    );
  }
  return { info, geometry, multiplier: filter[3]! };
}

interface DepthwiseOperands {
  x: tf.TensorInfo;
  filter: tf.TensorInfo;
}

function convolve(
  context: KernelContext,
  { x, filter }: DepthwiseOperands,
  attributes: DepthwiseAttributes,
  epilogue: Epilogue = {},
): tf.TensorInfo {
  const { info, geometry, multiplier } = sizesOf('depthwiseConv2d', x.shape, filter.shape, attributes);
  const { output, pointer } = makeOutput(context, info.outShape);
  const [xAt, filterAt] = [pointerTo(context.backend, x), pointerTo(context.backend, filter)];
  context.nn.depthwiseConvolve(geometry, multiplier, xAt, filterAt, pointer, epilogue);
  return output;
}

/** `tf.depthwiseConv2d`. */
const depthwiseConv2dKernel = defineKernel<DepthwiseOperands, DepthwiseAttributes>(
  tf.DepthwiseConv2dNative,
  convolve,
);

interface FusedDepthwiseOperands extends DepthwiseOperands {
  bias?: tf.TensorInfo;
  preluActivationWeights?: tf.TensorInfo;
}

/** `tf.fused.depthwiseConv2d`. */
const fusedDepthwiseConv2dKernel = defineKernel<
  FusedDepthwiseOperands,
  DepthwiseAttributes & FusedAttributes
>(tf.FusedDepthwiseConv2D, (context, { x, filter, bias, preluActivationWeights }, attributes) => {
  checkBias('fused depthwiseConv2d', bias, filter.shape[2]! * filter.shape[3]!);
  const y = convolve(context, { x, filter }, attributes, {
    bias: bias ? pointerTo(context.backend, bias) : 0,
    ...epilogueActivation(attributes),
  });
  return finishActivation(context, y, attributes, preluActivationWeights);
});

/** Gradient of `tf.depthwiseConv2d` with respect to its input, which tfjs's WASM backend does not have. */
const depthwiseConv2dBackpropInputKernel = defineKernel<
  { dy: tf.TensorInfo; filter: tf.TensorInfo },
  DepthwiseAttributes & { inputShape: number[] }
>(tf.DepthwiseConv2dNativeBackpropInput, (context, { dy, filter }, attributes) => {
  const { inputShape } = attributes;
  const name = 'depthwiseConv2d backprop input';
  const { info, geometry, multiplier } = sizesOf(name, inputShape, filter.shape, attributes);
  const { output, pointer } = makeOutput(context, info.inShape);
  const [dyAt, filterAt] = [pointerTo(context.backend, dy), pointerTo(context.backend, filter)];
  context.nn.depthwiseBackpropInput(geometry, multiplier, dyAt, filterAt, pointer);
  return output;
});

/** Gradient of `tf.depthwiseConv2d` with respect to its filter, which tfjs's WASM backend does not have. */
const depthwiseConv2dBackpropFilterKernel = defineKernel<
  { x: tf.TensorInfo; dy: tf.TensorInfo },
  DepthwiseAttributes & { filterShape: number[] }
>(tf.DepthwiseConv2dNativeBackpropFilter, (context, { x, dy }, attributes) => {
  const { filterShape } = attributes;
  const name = 'depthwiseConv2d backprop filter';
  const { geometry, multiplier } = sizesOf(name, x.shape, filterShape, attributes);
  const { output, pointer } = makeOutput(context, filterShape);
  const [xAt, dyAt] = [pointerTo(context.backend, x), pointerTo(context.backend, dy)];
  context.nn.depthwiseBackpropFilter(geometry, multiplier, xAt, dyAt, pointer);
  return output;
});

/** The kernels of the depthwise family. */
export const depthwiseKernels = [
  depthwiseConv2dKernel,
  fusedDepthwiseConv2dKernel,
  depthwiseConv2dBackpropInputKernel,
  depthwiseConv2dBackpropFilterKernel,
];
