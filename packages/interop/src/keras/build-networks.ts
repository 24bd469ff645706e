import { LatentkitError, type NamedArrays, sizeOfShape } from '@latentkit/core';
import type { Activation, LayerPlan, Model } from '@latentkit/models';
import { paddingOf } from '../layout/padding.ts';
import { outputToExport } from '../model-to-export.ts';
import {
  type BuiltNetwork,
  createNetworkBuilder,
  type KerasValue,
  type NetworkBuilder,
} from './network-builder.ts';

export interface BuildOptions {
  /** Who asks, for messages. */
  readonly where: string;
  /** LeakyReLU as a layer of its own, for a Keras that knows no such activation. */
  readonly leakyLayers?: boolean;
}

interface Context extends BuildOptions {
  readonly builder: NetworkBuilder;
  readonly weights: NamedArrays;
  readonly labels: KerasValue | undefined;
}

/**
 * A model's encoder and decoder as networks of Keras's layers: `pixel_values` `[height, width, channels]` -> heads, `latent` -> images, both
 * from 0 to 1; of a conditional model with `labels` as second input.
 */
export function buildNetworks(
  model: Model,
  weights: NamedArrays,
  options: BuildOptions,
): Record<'encoder' | 'decoder', BuiltNetwork> {
  const { image, latentDim, condition } = model.spec;
  const build = (part: 'encoder' | 'decoder') => {
    const builder = createNetworkBuilder();
    const input =
      part === 'encoder'
        ? builder.input('pixel_values', [image.height, image.width, image.channels])
        : builder.input('latent', [latentDim]);
    const labels = condition && builder.input('labels', [condition.classes]);
    const context = { ...options, builder, weights, labels };
    const outputs =
      part === 'encoder' ? addEncoder(model, input, context) : [addDecoder(model, input, context)];
    return builder.finish(part, outputs);
  };
  return { encoder: build('encoder'), decoder: build('decoder') };
}

function addEncoder({ plan, likelihood }: Model, pixels: KerasValue, context: Context): KerasValue[] {
  const [low, high] = likelihood.dataRange;
  const x = rescale('spread', pixels, { scale: high - low, offset: low }, context);
  const features = plan.encoder.reduce((value, layer) => addLayer(layer, value, context), x);
  return plan.heads.map((head) => addLayer(head, features, context));
}

function addDecoder(model: Model, latent: KerasValue, context: Context): KerasValue {
  const { plan, likelihood } = model;
  const [low, high] = likelihood.dataRange;
  const features = plan.decoder.reduce((value, layer) => addLayer(layer, value, context), latent);
  const output = outputToExport(context.where, model);
  const mean = addLayer(plan.outputs[0]!, features, context, output);
  return rescale('gather', mean, { scale: 1 / (high - low), offset: -low / (high - low) }, context);
}

function rescale(
  name: string,
  value: KerasValue,
  config: { scale: number; offset: number },
  { builder }: Context,
): KerasValue {
  if (config.scale === 1 && config.offset === 0) return value;
  return builder.add('Rescaling', name, [value], { config, shape: value.shape });
}

type KerasActivation = 'linear' | 'relu' | 'leaky_relu' | 'tanh' | 'sigmoid';
/** Below zero; Keras's `leaky_relu` has the same. */
const SLOPE = 0.2;
const ACTIVATIONS: Readonly<Record<Activation | 'sigmoid', KerasActivation>> = {
  ...{ linear: 'linear', relu: 'relu', leakyRelu: 'leaky_relu', tanh: 'tanh', sigmoid: 'sigmoid' },
};

/** Layers by the names that a person reads in `model.summary()`. */
const nameOf = ({ name }: LayerPlan) => name.replace(/^(?:en|de)coder\./, '').replace('logVar', 'log_var');

function addLayer(
  layer: LayerPlan,
  input: KerasValue,
  context: Context,
  activation: Activation | 'sigmoid' = layer.activation,
): KerasValue {
  const { builder, labels, leakyLayers = false } = context;
  const after = ACTIVATIONS[activation];
  const isApart = leakyLayers && after === 'leaky_relu';
  const name = nameOf(layer);
  const bend = (value: KerasValue) => {
    const [className, config] = isApart
      ? ['LeakyReLU', { alpha: SLOPE }]
      : ['Activation', { activation: after }];
    return builder.add(className, name, [value], { config, shape: value.shape });
  };
  if (!layer.parameters.condition || !labels) {
    if (!isApart) return addProduct(layer, input, { context, activation: after, name });
    return bend(addProduct(layer, input, { context, activation: 'linear', name: `${name}_straight` }));
  }
  const product = addProduct(layer, input, { context, activation: 'linear', name: `${name}_product` });
  const sum = builder.add('Add', `${name}_told`, [product, addCondition(layer, labels, context)], {
    shape: product.shape,
  });
  return bend(sum);
}

interface Product {
  readonly context: Context;
  readonly activation: KerasActivation;
  /** Of the layer that gives the result. */
  readonly name: string;
}

function addProduct(layer: LayerPlan, input: KerasValue, product: Product): KerasValue {
  if (layer.type === 'dense') return addDense(layer, input, product);
  if (layer.type === 'convolution') return addConvolution(layer, input, product);
  if (layer.type === 'transposedConvolution') return addTransposedConvolution(layer, input, product);
  throw new LatentkitError(
    'E_CONFIG',
    `${product.context.where}: there is no layer of Keras for ${layer.name}, a ${layer.type}`,
  );
}

const weightsOf = (name: string, { weights }: Context) => [
  weights[`${name}.kernel`]!,
  weights[`${name}.bias`]!,
];

function addDense(
  { name: own, outputShape }: LayerPlan,
  input: KerasValue,
  { context, activation, name }: Product,
): KerasValue {
  const { builder } = context;
  const flat =
    input.shape.length === 1
      ? input
      : builder.add('Flatten', `${name}_flat`, [input], { shape: [sizeOfShape(input.shape)] });
  const units = sizeOfShape(outputShape);
  const isRow = outputShape.length === 1;
  const product = builder.add('Dense', isRow ? name : `${name}_numbers`, [flat], {
    config: { units, activation, use_bias: true },
    shape: [units],
    weights: weightsOf(own, context),
  });
  if (isRow) return product;
  return builder.add('Reshape', name, [product], {
    config: { target_shape: outputShape },
    shape: outputShape,
  });
}

function convolutionConfig({ parameters, outputShape, stride = 1 }: LayerPlan, activation: KerasActivation) {
  return {
    ...{
      filters: outputShape[2]!,
      kernel_size: parameters.kernel!.shape.slice(0, 2),
      strides: [stride, stride],
    },
    ...{ data_format: 'channels_last', activation, use_bias: true },
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
    weights: weightsOf(layer.name, context),
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
    weights: weightsOf(layer.name, context),
  });
  if (!isCut) return product;
  const config = { cropping, data_format: 'channels_last' };
  return context.builder.add('Cropping2D', name, [product], { config, shape: outputShape });
}

/** What a class adds: to every position alike, or to each. */
function addCondition(layer: LayerPlan, labels: KerasValue, { builder, weights }: Context): KerasValue {
  const condition = weights[`${layer.name}.condition`]!;
  const units = condition.shape[1]!;
  const name = `${nameOf(layer)}_class`;
  const added = builder.add('Dense', name, [labels], {
    config: { units, activation: 'linear', use_bias: false },
    shape: [units],
    weights: [condition],
  });
  if (layer.outputShape.length === 1) return added;
  const shape = layer.type === 'dense' ? layer.outputShape : [1, 1, units];
  return builder.add('Reshape', `${name}_place`, [added], { config: { target_shape: shape }, shape });
}
