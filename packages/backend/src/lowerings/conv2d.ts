import { LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { epilogueActivation, type FusedAttributes, finishActivation, isInEpilogue } from './activation.ts';
import { checkBias } from './bias.ts';
import { geometryOf } from './conv-geometry.ts';
import { computeLowered, defineLowering, type Lowered } from './lowering.ts';
import { requireFloat32 } from './require-float32.ts';

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

function lowerConvolution(
  { x, filter, bias }: ConvOperands & { bias?: tf.TensorInfo },
  attributes: ConvAttributes & FusedAttributes,
): Lowered {
  const info = infoOf(x.shape, filter.shape, attributes);
  return {
    operation: {
      kind: 'convolve',
      geometry: geometryOf('conv2d', info),
      outChannels: info.outChannels,
      ...epilogueActivation(attributes),
    },
    inputs: bias ? [x, filter, bias] : [x, filter],
    shape: info.outShape,
  };
}

/** `tf.conv2d`. */
export const conv2dKernel = defineLowering<ConvOperands, ConvAttributes>(
  tf.Conv2D,
  (operands, attributes) => {
    requireFloat32(tf.Conv2D, operands);
    return lowerConvolution(operands, attributes);
  },
);

interface FusedConvOperands extends ConvOperands {
  bias?: tf.TensorInfo;
  preluActivationWeights?: tf.TensorInfo;
}

/** `tf.fused.conv2d`. */
export const fusedConv2dKernel = defineLowering<FusedConvOperands, ConvAttributes & FusedAttributes>(
  tf.FusedConv2D,
  (operands, attributes) => {
    requireFloat32(tf.FusedConv2D, operands);
    checkBias('fused conv2d', operands.bias, operands.filter.shape[3]!);
    return isInEpilogue(attributes) ? lowerConvolution(operands, attributes) : undefined;
  },
  (context, { preluActivationWeights, ...operands }, attributes) => {
    const y = computeLowered(context, lowerConvolution(operands, attributes));
    return finishActivation(context, y, attributes, preluActivationWeights);
  },
);

/** Gradient of `tf.conv2d` with respect to its input: the forward pass of `tf.conv2dTranspose`. */
export const conv2dBackpropInputKernel = defineLowering<
  { dy: tf.TensorInfo; filter: tf.TensorInfo },
  ConvAttributes & { inputShape: number[] }
>(tf.Conv2DBackpropInput, ({ dy, filter }, attributes) => {
  requireFloat32(tf.Conv2DBackpropInput, { dy, filter });
  const info = infoOf(attributes.inputShape, filter.shape, attributes);
  return {
    operation: {
      kind: 'convolveBackpropInput',
      geometry: geometryOf('conv2d backprop input', info),
      outChannels: info.outChannels,
      ...epilogueActivation({}),
    },
    inputs: [dy, filter],
    shape: info.inShape,
  };
});

/** Gradient of `tf.conv2d` with respect to its filter, which tfjs's WASM backend does not have. */
export const conv2dBackpropFilterKernel = defineLowering<
  { x: tf.TensorInfo; dy: tf.TensorInfo },
  ConvAttributes & { filterShape: number[] }
>(tf.Conv2DBackpropFilter, ({ x, dy }, attributes) => {
  requireFloat32(tf.Conv2DBackpropFilter, { x, dy });
  const info = infoOf(x.shape, attributes.filterShape, attributes);
  const geometry = geometryOf('conv2d backprop filter', info);
  return {
    operation: { kind: 'convolveBackpropFilter', geometry, outChannels: info.outChannels },
    inputs: [x, dy],
    shape: info.filterShape,
  };
});
