import { LatentkitError, sizeOfShape } from '@latentkit/core';
import type { Activation, LayerPlan } from '@latentkit/models';
import { paddingOf } from '../layout/padding.ts';
import { addsToPixels } from '../layout/turn-weights.ts';
import type { KerasValue, NetworkBuilder } from './network-builder.ts';

export interface BuildOptions {
  /** Who asks, for messages. */
  readonly where: string;
  /** LeakyReLU as a layer of its own, for a Keras that knows no such activation. */
  readonly leakyLayers?: boolean;
}

export interface LayerContext extends BuildOptions {
  readonly builder: NetworkBuilder;
  /** The one-hot labels, where a model is told them. */
  readonly labels: KerasValue | undefined;
}

type KerasActivation = 'linear' | 'relu' | 'leaky_relu' | 'tanh' | 'sigmoid';
/** Below zero; Keras's `leaky_relu` has the same. */
const SLOPE = 0.2;
const ACTIVATIONS: Readonly<Record<Activation | 'sigmoid', KerasActivation>> = {
  ...{ linear: 'linear', relu: 'relu', leakyRelu: 'leaky_relu', tanh: 'tanh', sigmoid: 'sigmoid' },
};

/** Layers by the names that a person reads in `model.summary()`. */
const nameOf = ({ name }: LayerPlan) =>
  name
    .replace(/^(?:en|de)coder\./, '')
    .replaceAll('.', '_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** One layer after the other. */
export function addLayers(
  layers: readonly LayerPlan[],
  input: KerasValue,
  context: LayerContext,
): KerasValue {
  return layers.reduce((value, layer) => addLayer(layer, value, context), input);
}

export function addLayer(
  layer: LayerPlan,
  input: KerasValue,
  context: LayerContext,
  activation: Activation | 'sigmoid' = layer.activation,
): KerasValue {
  const { builder, labels, leakyLayers = false, where } = context;
  const add = ADDERS[layer.type];
  if (!add) {
    throw new LatentkitError(
      'E_CONFIG',
      `${where}: there is no layer of Keras for ${layer.name}, a ${layer.type}`,
    );
  }
  const after = ACTIVATIONS[activation];
  const isApart = leakyLayers && after === 'leaky_relu';
  const name = nameOf(layer);
  const bend = (value: KerasValue) => {
    const [className, config] = isApart
      ? ['LeakyReLU', { alpha: SLOPE }]
      : ['Activation', { activation: after }];
    return builder.add(className, name, [value], { config, shape: value.shape });
  };
  const addStraight = (suffix: string) =>
    add(layer, input, { context, activation: 'linear', name: `${name}_${suffix}` });
  if (layer.parameters.condition && labels) {
    const product = addStraight('product');
    const sum = builder.add('Add', `${name}_told`, [product, addCondition(layer, labels, context)], {
      shape: product.shape,
    });
    return bend(sum);
  }
  const isWithin = after === 'linear' || (!isApart && layer.parameters.kernel !== undefined);
  return isWithin ? add(layer, input, { context, activation: after, name }) : bend(addStraight('straight'));
}

interface Product {
  readonly context: LayerContext;
  /** Of a layer with a kernel; of all others it is linear. */
  readonly activation: KerasActivation;
  /** Of the layer that gives the result. */
  readonly name: string;
}

type AddLayer = (layer: LayerPlan, input: KerasValue, product: Product) => KerasValue;

const ADDERS: Readonly<Record<string, AddLayer>> = {
  dense: addDense,
  convolution: addConvolution,
  transposedConvolution: addTransposedConvolution,
  groupNorm: addGroupNorm,
  batchNorm: addBatchNorm,
  residual: addResidual,
};

const hasBias = ({ parameters }: LayerPlan) => parameters.bias !== undefined;
const productWeights = (layer: LayerPlan) =>
  ['kernel', ...(hasBias(layer) ? ['bias'] : [])].map((one) => `${layer.name}.${one}`);

function addDense(
  layer: LayerPlan,
  input: KerasValue,
  { context: { builder }, activation, name }: Product,
): KerasValue {
  const { outputShape } = layer;
  const flat =
    input.shape.length === 1
      ? input
      : builder.add('Flatten', `${name}_flat`, [input], { shape: [sizeOfShape(input.shape)] });
  const units = sizeOfShape(outputShape);
  const isRow = outputShape.length === 1;
  const product = builder.add('Dense', isRow ? name : `${name}_numbers`, [flat], {
    config: { units, activation, use_bias: hasBias(layer) },
    shape: [units],
    weights: productWeights(layer),
  });
  if (isRow) return product;
  return builder.add('Reshape', name, [product], {
    config: { target_shape: outputShape },
    shape: outputShape,
  });
}

function convolutionConfig(layer: LayerPlan, activation: KerasActivation) {
  const { parameters, outputShape, stride = 1 } = layer;
  return {
    ...{
      filters: outputShape[2]!,
      kernel_size: parameters.kernel!.shape.slice(0, 2),
      strides: [stride, stride],
    },
    ...{ data_format: 'channels_last', activation, use_bias: hasBias(layer) },
  };
}

function addConvolution(
  layer: LayerPlan,
  input: KerasValue,
  { context, activation, name }: Product,
): KerasValue {
  return context.builder.add('Conv2D', name, [input], {
    config: { ...convolutionConfig(layer, activation), padding: 'same' },
    shape: layer.outputShape,
    weights: productWeights(layer),
  });
}

/** Without padding and cut to size: Keras's "same" knows no size that does not divide, and was a pixel off on one backend. */
function addTransposedConvolution(
  layer: LayerPlan,
  input: KerasValue,
  { context, activation, name }: Product,
): KerasValue {
  const { parameters, outputShape, stride = 1 } = layer;
  const sides = [0, 1].map((axis) => {
    const kernel = parameters.kernel!.shape[axis]!;
    const whole = (input.shape[axis]! - 1) * stride + Math.max(kernel, stride);
    const { before } = paddingOf(outputShape[axis]!, { kernel, stride });
    return { whole, cut: [before, whole - before - outputShape[axis]!] };
  });
  const cropping = sides.map(({ cut }) => cut);
  const isCut = cropping.flat().some((pixels) => pixels > 0);
  const product = context.builder.add('Conv2DTranspose', isCut ? `${name}_whole` : name, [input], {
    config: { ...convolutionConfig(layer, activation), padding: 'valid', output_padding: null },
    shape: [...sides.map(({ whole }) => whole), outputShape[2]!],
    weights: productWeights(layer),
  });
  if (!isCut) return product;
  const config = { cropping, data_format: 'channels_last' };
  return context.builder.add('Cropping2D', name, [product], { config, shape: outputShape });
}

const EPSILON = 1e-5;

function addGroupNorm(layer: LayerPlan, input: KerasValue, { context, name }: Product): KerasValue {
  const { outputShape, groups = 1 } = layer;
  return context.builder.add('GroupNormalization', name, [input], {
    config: { groups, axis: -1, epsilon: EPSILON, center: true, scale: true },
    shape: outputShape,
    weights: ['gain', 'bias'].map((one) => `${layer.name}.${one}`),
  });
}

/** Keras's momentum is how much of its past a moving average keeps, as here. */
const MOMENTUM = 0.9;

function addBatchNorm(layer: LayerPlan, input: KerasValue, { context, name }: Product): KerasValue {
  return context.builder.add('BatchNormalization', name, [input], {
    config: { axis: -1, momentum: MOMENTUM, epsilon: EPSILON, center: true, scale: true },
    shape: layer.outputShape,
    weights: ['gain', 'bias', 'mean', 'variance'].map((one) => `${layer.name}.${one}`),
  });
}

function addResidual(
  { body = [], outputShape }: LayerPlan,
  input: KerasValue,
  { context, name }: Product,
): KerasValue {
  return context.builder.add('Add', name, [input, addLayers(body, input, context)], { shape: outputShape });
}

/** What a class adds: to every position alike, or to each. */
function addCondition(layer: LayerPlan, labels: KerasValue, { builder }: LayerContext): KerasValue {
  const units = layer.parameters.condition!.shape[1]!;
  const name = `${nameOf(layer)}_class`;
  const added = builder.add('Dense', name, [labels], {
    config: { units, activation: 'linear', use_bias: false },
    shape: [units],
    weights: [`${layer.name}.condition`],
  });
  if (layer.outputShape.length === 1) return added;
  const shape = addsToPixels(layer) ? layer.outputShape : [1, 1, units];
  return builder.add('Reshape', `${name}_place`, [added], { config: { target_shape: shape }, shape });
}
