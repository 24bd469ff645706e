import { LatentkitError, type NamedArrays, type NdArray, sizeOfShape } from '@latentkit/core';
import type { OnnxAttribute } from '@latentkit/formats/onnx';
import type { LayerPlan } from '@latentkit/models';
import { type Padding, paddingOf } from '../layout/padding.ts';
import { addsToPixels } from '../layout/turn-weights.ts';
import type { GraphBuilder } from './graph-builder.ts';

export interface LayerContext {
  readonly builder: GraphBuilder;
  /** Of the whole model, channels first. */
  readonly weights: NamedArrays;
  /** The name of the one-hot labels, where a model is told them. */
  readonly labels: string | undefined;
  /** Kernels with a row of zeros before, where the padding would be uneven. */
  readonly symmetric: boolean;
}

/** A value of the graph: an image `[batch, channels, height, width]` or a row of numbers. */
export interface Value {
  readonly name: string;
  /** Of one example as the model has it: `[height, width, channels]`, or `[numbers]`. */
  readonly shape: readonly number[];
}

const LEAKY_SLOPE = 0.2;

/** One layer after the other. */
export function addLayers(layers: readonly LayerPlan[], input: Value, context: LayerContext): Value {
  return layers.reduce((value, layer) => addLayer(layer, value, context), input);
}

function addLayer(layer: LayerPlan, input: Value, context: LayerContext): Value {
  const add = ADDERS[layer.type];
  if (!add) {
    throw new LatentkitError(
      'E_CONFIG',
      `exportOnnx: there is no operator for the layer ${layer.name}, a ${layer.type}`,
    );
  }
  const product = addCondition(layer, add(layer, input, context), context);
  const name = addActivation(layer, product, context.builder);
  return { name, shape: layer.outputShape };
}

type AddLayer = (layer: LayerPlan, input: Value, context: LayerContext) => string;

const ADDERS: Readonly<Record<string, AddLayer>> = {
  dense: addDense,
  convolution: addConvolution,
  transposedConvolution: addTransposedConvolution,
  groupNorm: addGroupNorm,
  batchNorm: addBatchNorm,
  residual: addResidual,
};

const isImage = (shape: readonly number[]) => shape.length === 3;

/** `x kernel + bias`, and an image again where the layer makes one. */
function addDense(
  { name, outputShape }: LayerPlan,
  input: Value,
  { builder, weights }: LayerContext,
): string {
  const rows = isImage(input.shape)
    ? builder.add('Flatten', `${name}.flat`, [input.name], { axis: { int: 1 } })
    : input.name;
  const product = builder.add('Gemm', `${name}.product`, [
    ...[rows, ...['kernel', 'bias'].map((one) => addWeights(`${name}.${one}`, { builder, weights }))],
  ]);
  if (!isImage(outputShape)) return product;
  const [height, width, channels] = outputShape as [number, number, number];
  const shape = builder.shape(`${name}.shape`, [-1, channels, height, width]);
  return builder.add('Reshape', `${name}.image`, [product, shape]);
}

function addConvolution(layer: LayerPlan, input: Value, context: LayerContext): string {
  const { kernel, attributes } = kernelOf(layer, input.shape, context);
  return addProduct('Conv', layer, input, kernel, attributes, context.builder, context.weights);
}

function addTransposedConvolution(layer: LayerPlan, input: Value, context: LayerContext): string {
  const { kernel, attributes, paddings } = kernelOf(layer, layer.outputShape, context);
  const extra = { output_padding: { ints: paddings.map((one) => one.extra) } };
  const all = paddings.some((one) => one.extra > 0) ? { ...attributes, ...extra } : attributes;
  return addProduct('ConvTranspose', layer, input, kernel, all, context.builder, context.weights);
}

function addProduct(
  operator: string,
  { name, parameters }: LayerPlan,
  input: Value,
  kernel: NdArray,
  attributes: Readonly<Record<string, OnnxAttribute>>,
  builder: GraphBuilder,
  weights: NamedArrays,
): string {
  const inputs = [input.name, builder.weights(`${name}.kernel`, kernel)];
  if (parameters.bias) inputs.push(addWeights(`${name}.bias`, { builder, weights }));
  return builder.add(operator, `${name}.product`, inputs, attributes);
}

const EPSILON = { float: 1e-5 };

/**
 * Groups as the instances of another image, whose channels they are: there is no operator of groups before version 18. Then gain and bias,
 * channel by channel.
 */
function addGroupNorm(
  { name, outputShape, groups = 1 }: LayerPlan,
  input: Value,
  context: LayerContext,
): string {
  const { builder } = context;
  const [height, width, channels] = outputShape as [number, number, number];
  const constant = (what: string, value: number) =>
    builder.weights(`${name}.${what}`, { shape: [groups], data: new Float32Array(groups).fill(value) });
  const grouped = builder.shape(`${name}.groups`, [-1, groups, (height * width * channels) / groups]);
  const rows = builder.add('Reshape', `${name}.grouped`, [input.name, grouped]);
  const scaled = builder.add(
    'InstanceNormalization',
    `${name}.normal`,
    [rows, constant('ones', 1), constant('zeros', 0)],
    { epsilon: EPSILON },
  );
  const image = builder.shape(`${name}.shape`, [-1, channels, height, width]);
  const normal = builder.add('Reshape', `${name}.image`, [scaled, image]);
  const perChannel = builder.shape(`${name}.channels`, [channels, 1, 1]);
  const [gain, bias] = ['gain', 'bias'].map((one) =>
    builder.add('Reshape', `${name}.${one}s`, [addWeights(`${name}.${one}`, context), perChannel]),
  );
  const stretched = builder.add('Mul', `${name}.stretched`, [normal, gain!]);
  return builder.add('Add', `${name}.product`, [stretched, bias!]);
}

/** By the running statistics. */
function addBatchNorm({ name }: LayerPlan, input: Value, context: LayerContext): string {
  const learned = ['gain', 'bias', 'mean', 'variance'].map((one) => addWeights(`${name}.${one}`, context));
  return context.builder.add('BatchNormalization', `${name}.product`, [input.name, ...learned], {
    epsilon: EPSILON,
  });
}

function addResidual({ name, body = [] }: LayerPlan, input: Value, context: LayerContext): string {
  const inner = addLayers(body, input, context);
  return context.builder.add('Add', `${name}.product`, [input.name, inner.name]);
}

/** A convolution's kernel, channels first, and how it lies over the larger image. */
function kernelOf(
  { name, stride = 1 }: LayerPlan,
  large: readonly number[],
  { weights, symmetric }: LayerContext,
): { kernel: NdArray; attributes: Record<string, OnnxAttribute>; paddings: readonly Padding[] } {
  let kernel = weights[`${name}.kernel`]!;
  let paddings = [0, 1].map((axis) => paddingOf(large[axis]!, { kernel: kernel.shape[2 + axis]!, stride }));
  if (symmetric) {
    const uneven = paddings.map(({ before, after }) => (before === after ? 0 : 1));
    kernel = withZerosBefore(kernel, uneven);
    paddings = paddings.map(({ after, extra }) => ({ before: after, after, extra }));
  }
  const ints = (values: readonly number[]) => ({ ints: values });
  const attributes = {
    kernel_shape: ints(kernel.shape.slice(2)),
    strides: ints([stride, stride]),
    pads: ints([...paddings.map((one) => one.before), ...paddings.map((one) => one.after)]),
  };
  return { kernel, attributes, paddings };
}

/** Rows and columns of zeros before a kernel's first ones: with one more zero before the image the sums are the same. */
function withZerosBefore({ shape, data }: NdArray, [rows, columns]: readonly number[]): NdArray {
  const [outer, inner, height, width] = shape as [number, number, number, number];
  const size = [outer, inner, height + rows!, width + columns!];
  const out = new Float32Array(sizeOfShape(size));
  for (let plane = 0; plane < outer * inner; plane++) {
    for (let row = 0; row < height; row++) {
      const from = (plane * height + row) * width;
      out.set(data.subarray(from, from + width), (plane * size[2]! + row + rows!) * size[3]! + columns!);
    }
  }
  return { shape: size, data: out };
}

/** What a class adds: to every position alike, or to each. */
function addCondition(layer: LayerPlan, product: string, { builder, weights, labels }: LayerContext): string {
  const { name, parameters, outputShape } = layer;
  if (!parameters.condition || labels === undefined) return product;
  const kernel = addWeights(`${name}.condition`, { builder, weights });
  let added = builder.add('MatMul', `${name}.class`, [labels, kernel]);
  if (isImage(outputShape)) {
    const [height, width, channels] = outputShape as [number, number, number];
    const sizes = addsToPixels(layer) ? [-1, channels, height, width] : [-1, channels, 1, 1];
    added = builder.add('Reshape', `${name}.classes`, [added, builder.shape(`${name}.classShape`, sizes)]);
  }
  return builder.add('Add', `${name}.told`, [product, added]);
}

function addActivation({ name, activation }: LayerPlan, value: string, builder: GraphBuilder): string {
  if (activation === 'relu') return builder.add('Relu', name, [value]);
  if (activation === 'tanh') return builder.add('Tanh', name, [value]);
  if (activation === 'leakyRelu')
    return builder.add('LeakyRelu', name, [value], { alpha: { float: LEAKY_SLOPE } });
  return value;
}

function addWeights(name: string, { builder, weights }: Pick<LayerContext, 'builder' | 'weights'>): string {
  return builder.weights(name, weights[name]!); // they were checked against the model's shapes
}
