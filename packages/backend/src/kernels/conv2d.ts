import { LatentkitError } from '@latentkit/core';
import type { Epilogue } from '@latentkit/kernels/nn';
import * as tf from '@tensorflow/tfjs-core';
import { pointerTo } from '../tfjs-wasm.ts';
import { epilogueActivation, type FusedAttributes, finishActivation } from './activation.ts';
import { biasPointer } from './bias.ts';
import { geometryOf } from './conv-geometry.ts';
import { defineKernel, type KernelContext, makeOutput } from './kernel-context.ts';

type Size4D = [number, number, number, number];

/** tfjs's attributes of the conv2d family. */
interface ConvAttributes {
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dataFormat?: 'NHWC' | 'NCHW';
  dilations?: [number, number] | number;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function infoOf(
  inputShape: number[],
  filterShape: number[],
  attributes: ConvAttributes,
): tf.backend_util.Conv2DInfo {
  const info = tf.backend_util.computeConv2DInfo(
    inputShape as Size4D,
    filterShape as Size4D,
    attributes.strides,
    attributes.dilations ?? 1,
    attributes.pad,
    attributes.dimRoundingMode,
    false,
    tf.backend_util.convertConv2DDataFormat(attributes.dataFormat ?? 'NHWC'),
  );
  if (inputShape[3] !== filterShape[2] && info.dataFormat === 'channelsLast') {
    throw new LatentkitError(
      'E_BACKEND',
      `conv2d: grouped convolution is not supported, got input [${inputShape}] and filter [${filterShape}]`,
    );
  }
  return info;
}

interface ConvOperands {
  x: tf.TensorInfo;
  filter: tf.TensorInfo;
}

function convolve(
  context: KernelContext,
  { x, filter }: ConvOperands,
  attributes: ConvAttributes,
  epilogue: Epilogue = {},
): tf.TensorInfo {
  const info = infoOf(x.shape, filter.shape, attributes);
  const geometry = geometryOf('conv2d', info);
  const { output, pointer } = makeOutput(context, info.outShape);
  const [xAt, filterAt] = [pointerTo(context.backend, x), pointerTo(context.backend, filter)];
  context.nn.convolve(geometry, info.outChannels, xAt, filterAt, pointer, epilogue);
  return output;
}

/** `tf.conv2d`. */
export const conv2dKernel = defineKernel<ConvOperands, ConvAttributes>(tf.Conv2D, convolve);

interface FusedConvOperands extends ConvOperands {
  bias?: tf.TensorInfo;
  preluActivationWeights?: tf.TensorInfo;
}

/** `tf.fused.conv2d`. */
export const fusedConv2dKernel = defineKernel<FusedConvOperands, ConvAttributes & FusedAttributes>(
  tf.FusedConv2D,
  (context, { x, filter, bias, preluActivationWeights }, attributes) => {
    const y = convolve(context, { x, filter }, attributes, {
      bias: biasPointer(context, 'fused conv2d', bias, filter.shape[3]!),
      ...epilogueActivation(attributes),
    });
    return finishActivation(context, y, attributes, preluActivationWeights);
  },
);

/** Gradient of `tf.conv2d` with respect to its input: the forward pass of `tf.conv2dTranspose`. */
export const conv2dBackpropInputKernel = defineKernel<
  { dy: tf.TensorInfo; filter: tf.TensorInfo },
  ConvAttributes & { inputShape: number[] }
>(tf.Conv2DBackpropInput, (context, { dy, filter }, attributes) => {
  const info = infoOf(attributes.inputShape, filter.shape, attributes);
  const geometry = geometryOf('conv2d backprop input', info);
  const { output, pointer } = makeOutput(context, info.inShape);
  const [dyAt, filterAt] = [pointerTo(context.backend, dy), pointerTo(context.backend, filter)];
  context.nn.convolveBackpropInput(geometry, info.outChannels, dyAt, filterAt, pointer);
  return output;
});

/** Gradient of `tf.conv2d` with respect to its filter, which tfjs's WASM backend does not have. */
export const conv2dBackpropFilterKernel = defineKernel<
  { x: tf.TensorInfo; dy: tf.TensorInfo },
  ConvAttributes & { filterShape: number[] }
>(tf.Conv2DBackpropFilter, (context, { x, dy }, attributes) => {
  const info = infoOf(x.shape, attributes.filterShape, attributes);
  const geometry = geometryOf('conv2d backprop filter', info);
  const { output, pointer } = makeOutput(context, info.filterShape);
  const [xAt, dyAt] = [pointerTo(context.backend, x), pointerTo(context.backend, dy)];
  context.nn.convolveBackpropFilter(geometry, info.outChannels, xAt, dyAt, pointer);
  return output;
});
