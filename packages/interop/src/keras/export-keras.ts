import { LatentkitError, type NamedArrays, sizeOfShape } from '@latentkit/core';
import { checkValue } from '@latentkit/core/options';
import { encodeZip } from '@latentkit/formats';
import { encodeHdf5 } from '@latentkit/formats/hdf5';
import {
  type Activation,
  checkWeights,
  createModel,
  type LayerPlan,
  type Model,
  type ModelSpec,
  savedModelOf,
} from '@latentkit/models';
import { paddingOf } from '../layout/padding.ts';
import { MODEL_KEY } from '../model-key.ts';
import { exportRule, type ModelToExport, refuseTable } from '../model-to-export.ts';
import { createNetworkBuilder, type KerasValue, type NetworkBuilder } from './network-builder.ts';

/** Files by name. */
export interface KerasFiles {
  readonly 'encoder.keras': Uint8Array;
  readonly 'decoder.keras': Uint8Array;
}

/** The version whose words the files are written in: those of all Keras 3 so far. */
const KERAS_VERSION = '3.0.0';

interface Context {
  readonly builder: NetworkBuilder;
  readonly weights: NamedArrays;
  readonly labels: KerasValue | undefined;
}

/**
 * A model's encoder and decoder for Keras 3, on any of its backends: `keras.saving.load_model('encoder.keras')`.
 *
 * Encoder: `pixel_values` `[batch, height, width, channels]`, float32 from 0 to 1 (any numbers where the likelihood's output is linear) ->
 * `[mean, log_var]`, each `[batch, latent]` (of a plain autoencoder `code` alone). Decoder: `latent` `[batch, latent]` -> images of the same
 * kind. A conditional model has a second input, `labels` `[batch, classes]`, one-hot. They are functional models of Keras's own layers, safe
 * to load and to train further; the weights' numbers are those of `model.safetensors`.
 *
 * @returns files by name; the same model always gives the same bytes.
 * @throws `E_CONFIG` where the spec makes no model; `E_SHAPE`, `E_NOT_FINITE` for weights that are not its.
 * @example
 * const run = await loadRun('runs/first');
 * for (const [name, bytes] of Object.entries(exportKeras(run))) await writeFile(name, bytes);
 * @see https://keras.io/api/models/model_saving_apis/
 */
export function exportKeras(model: ModelToExport): KerasFiles {
  checkValue('exportKeras', 'model', model, exportRule);
  const { spec, weights, epoch } = model;
  refuseTable('exportKeras', spec);
  const made = createModel(spec);
  checkWeights('exportKeras', weights, made.parameterShapes);
  const metadata = {
    ...{ keras_version: KERAS_VERSION, date_saved: '1980-01-01@00:00:00' },
    [MODEL_KEY]: savedModelOf({ spec, ...(epoch !== undefined && { epoch }) }),
  };
  const write = (part: 'encoder' | 'decoder') => {
    const builder = createNetworkBuilder();
    const { image, latentDim, condition } = spec;
    const input =
      part === 'encoder'
        ? builder.input('pixel_values', [image.height, image.width, image.channels])
        : builder.input('latent', [latentDim]);
    const labels = condition && builder.input('labels', [condition.classes]);
    const context = { builder, weights, labels };
    const outputs =
      part === 'encoder' ? addEncoder(made, input, context) : [addDecoder(made, input, context)];
    const { config, weights: arrays } = builder.finish(part, outputs);
    const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
    return encodeZip([
      {
        name: 'metadata.json',
        bytes: text(metadata),
      },
      { name: 'config.json', bytes: text(config) },
      { name: 'model.weights.h5', bytes: encodeHdf5(arrays) },
    ]);
  };
  return { 'encoder.keras': write('encoder'), 'decoder.keras': write('decoder') };
}

function addEncoder({ plan, likelihood }: Model, pixels: KerasValue, context: Context): KerasValue[] {
  const [low, high] = likelihood.dataRange;
  const x = rescale('spread', pixels, { scale: high - low, offset: low }, context);
  const features = plan.encoder.reduce((value, layer) => addLayer(layer, value, context), x);
  return plan.heads.map((head) => addLayer(head, features, context));
}

function addDecoder({ plan, likelihood }: Model, latent: KerasValue, context: Context): KerasValue {
  const [low, high] = likelihood.dataRange;
  const features = plan.decoder.reduce((value, layer) => addLayer(layer, value, context), latent);
  const { output } = likelihood.spec as ModelSpec['likelihood'];
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
/** Keras's leaky_relu has our slope, 0.2. */
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
  const { builder, labels } = context;
  const after = ACTIVATIONS[activation];
  const name = nameOf(layer);
  if (!layer.parameters.condition || !labels)
    return addProduct(layer, input, { context, activation: after, name });
  const product = addProduct(layer, input, { context, activation: 'linear', name: `${name}_product` });
  const sum = builder.add('Add', `${name}_told`, [product, addCondition(layer, labels, context)], {
    shape: product.shape,
  });
  return builder.add('Activation', name, [sum], { config: { activation: after }, shape: sum.shape });
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
    `exportKeras: there is no layer of Keras for ${layer.name}, a ${layer.type}`,
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
