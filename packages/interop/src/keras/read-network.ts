import { LatentkitError, type NdArray } from '@latentkit/core';
import type { Activation } from '@latentkit/models';
import { type FoundLayer, type Placement, unlike } from '../foreign/found-network.ts';
import { activationName, inputShapeOf, type KerasLayer } from './keras-config.ts';

/** A functional or sequential model as a chain of products. */
export interface ReadNetwork {
  readonly layers: readonly FoundLayer[];
  /** Of an example, where the model says it. */
  readonly input?: readonly number[];
  /** What was left out. */
  readonly notes: readonly string[];
}

const ACTIVATIONS: Readonly<Record<string, Activation | 'sigmoid'>> = {
  ...{ linear: 'linear', relu: 'relu', leaky_relu: 'leakyRelu', tanh: 'tanh', sigmoid: 'sigmoid' },
};
const SLOPE = 0.2;
const SLOPE_TOLERANCE = 1e-6;
/** What changes no number, or only in training. */
const PASSED = ['InputLayer', 'Flatten', 'Reshape'];
const OF_TRAINING = [
  ...['Dropout', 'SpatialDropout2D', 'AlphaDropout', 'GaussianDropout', 'GaussianNoise'],
  'ActivityRegularization',
];
/** Of Keras itself; any other layer that takes two values and learns nothing draws a code of mean and log variance. */
const MERGES = ['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Concatenate', 'Dot'];
const FOLLOWERS = ['Activation', 'LeakyReLU', 'ReLU'];
const PRODUCTS: Readonly<Record<string, FoundLayer['type']>> = {
  Dense: 'dense',
  Conv2D: 'convolution',
  Conv2DTranspose: 'transposedConvolution',
};

/**
 * The products of a model in their order, each with what follows it.
 *
 * @param weightsOf a layer's arrays.
 * @throws `E_FORMAT` naming the layer that no model of Latentkit has.
 */
export function readNetwork(
  where: string,
  layers: readonly KerasLayer[],
  weightsOf: (layer: KerasLayer) => readonly NdArray[],
): ReadNetwork {
  const notes: string[] = [];
  const found: FoundLayer[] = [];
  /** By layer: the product whose value it hands on, -1 for the input. */
  const sources = new Map<string, number>();
  const ends = layers.filter(({ className }) => className === 'InputLayer');
  const labels = ends.find(({ name }) => ends.length === 2 && name === LABELS);
  if (ends.length > (labels ? 2 : 1)) {
    const names = ends.map(({ name }) => `'${name}'`).join(' and ');
    throw unlike(
      where,
      `it takes ${names}: a second input is read where it is called '${LABELS}' and says the class, one number a class`,
    );
  }
  const first = ends.find((end) => end !== labels) ?? layers[0];
  /** By layer: what it makes of the class. */
  const told = new Map<string, NdArray>();
  for (const layer of layers) {
    const { className, name, inputs } = layer;
    const froms = [...new Set(inputs.map((input) => sources.get(input) ?? -1))];
    const [from = -1] = froms;
    sources.set(name, from);
    if (labels && (layer === labels || inputs.some((input) => told.has(input) || input === LABELS))) {
      const at = addTold(where, layer, { told, found, sources, weightsOf });
      if (at !== undefined) sources.set(name, at);
      continue;
    }
    const type = PRODUCTS[className];
    if (type && !layer.isCustom) {
      checkChain(where, layer, { from, found });
      sources.set(name, found.length);
      found.push(productOf(where, layer, { type, arrays: weightsOf(layer) }));
    } else if (PASSED.includes(className)) {
    } else if (OF_TRAINING.includes(className)) {
      notes.push(`'${name}', a ${className}, works in training alone and is left out`);
    } else if (froms.length > 1 && !MERGES.includes(className) && weightsOf(layer).length === 0) {
      notes.push(
        `'${name}', a ${className} of mean and log variance, is left out: a model of Latentkit draws codes itself`,
      );
    } else {
      const product = found[from];
      if (!product || froms.length > 1) {
        if (className !== 'Rescaling') throw odd(where, layer);
        checkRescaling(where, layer, 'before');
      } else if (className === 'Cropping2D')
        found[from] = { ...product, placement: cropped(where, layer, product) };
      else if (className === 'Rescaling') checkRescaling(where, layer, 'after');
      else found[from] = { ...product, activation: follows(where, layer, product) };
    }
  }
  const input = first && inputShapeOf(first);
  return { layers: found, ...(input && { input }), notes };
}

/** The input that says the class. */
const LABELS = 'labels';

interface Telling {
  readonly told: Map<string, NdArray>;
  readonly found: FoundLayer[];
  readonly sources: ReadonlyMap<string, number>;
  readonly weightsOf: (layer: KerasLayer) => readonly NdArray[];
}

/**
 * A layer on the way of the class: a product of it without a bias, laid out, and added to a product of the others.
 *
 * @returns whose value it hands on, where that is a product.
 */
function addTold(
  where: string,
  layer: KerasLayer,
  { told, found, sources, weightsOf }: Telling,
): number | undefined {
  const { className, name, inputs } = layer;
  if (className === 'InputLayer') return undefined;
  const own = inputs.map((input) => told.get(input)).find((one) => one !== undefined);
  if (className === 'Dense' && !own) {
    const [kernel, ...others] = weightsOf(layer);
    if (kernel && others.length === 0 && activationName(layer.config.activation) === 'linear') {
      told.set(name, kernel);
      return undefined;
    }
  } else if (className === 'Reshape' && own) {
    told.set(name, own);
    return undefined;
  } else if (className === 'Add' && own && inputs.length === 2) {
    const at = sources.get(inputs.find((input) => !told.has(input)) ?? '') ?? -1;
    const product = found[at];
    if (product && product.activation === 'linear' && !product.condition) {
      found[at] = { ...product, condition: own };
      return at;
    }
  }
  throw unlike(
    where,
    `'${name}', a ${className}, takes the class: here a dense layer without a bias makes numbers of it, which are added to those of another layer before its activation`,
  );
}

/** Of residual networks, that are known by what Latentkit says of them. */
const OF_BLOCKS = ['Add', 'BatchNormalization', 'GroupNormalization'];

const odd = (where: string, { className, name }: KerasLayer) =>
  unlike(
    where,
    OF_BLOCKS.includes(className)
      ? `'${name}' is a ${className}, which is read where Latentkit wrote the file and nobody saved it again`
      : `'${name}' is a ${className}, which no model of Latentkit has`,
  );

/** Each product takes the one before; the second head takes what the first did. */
function checkChain(
  where: string,
  { name }: KerasLayer,
  { from, found }: { from: number; found: readonly FoundLayer[] },
): void {
  const last = found.length - 1;
  const isSecondHead = from === last - 1 && last >= 0 && found[last]!.type === 'dense';
  if (from === last || isSecondHead) return;
  throw unlike(
    where,
    `'${name}' takes the values of '${found[from]?.name ?? 'the input'}', not of the layer before`,
  );
}

function productOf(
  where: string,
  { name, config }: KerasLayer,
  { type, arrays }: { type: FoundLayer['type']; arrays: readonly NdArray[] },
): FoundLayer {
  const [kernel, bias] = arrays;
  const rank = type === 'dense' ? 2 : 4;
  if (!kernel || kernel.shape.length !== rank || arrays.length > 2) {
    const got = arrays.map(({ shape }) => `[${shape.join(', ')}]`).join(' and ') || 'none';
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: expected a kernel of ${rank} axes and a bias for '${name}', got ${got}`,
    );
  }
  const activation = activationOf(where, name, activationName(config.activation), slopeOf(config.activation));
  const product = { name, type, kernel, ...(bias && { bias }), activation };
  if (type === 'dense') return product;
  const [vertical, horizontal] = pairOf(config.strides);
  const told: readonly (readonly [string, unknown, readonly unknown[]])[] = [
    ['data_format', config.data_format, ['channels_last', null, undefined]],
    ['dilation_rate', String(pairOf(config.dilation_rate)), ['1,1']],
    ['groups', config.groups, [1, undefined]],
    ['output_padding', config.output_padding, [null, undefined]],
  ];
  for (const [key, value, allowed] of told) {
    if (!allowed.includes(value))
      throw unlike(where, `'${name}' has ${key} ${String(value)}, which Latentkit's has not`);
  }
  if (vertical !== horizontal)
    throw unlike(where, `'${name}' has strides ${vertical} and ${horizontal}, not one`);
  const { padding } = config;
  const isKnown = padding === 'same' || (padding === 'valid' && type === 'transposedConvolution');
  if (!isKnown)
    throw unlike(where, `'${name}' has padding ${String(padding)}, Latentkit's convolutions have 'same'`);
  const crop = [
    [0, 0],
    [0, 0],
  ] as const;
  return {
    ...product,
    stride: vertical,
    ...(type === 'transposedConvolution' && { placement: { padding, crop } }),
  };
}

/** One number for both axes, or one for each. */
function pairOf(value: unknown): [number, number] {
  if (Array.isArray(value)) return [Number(value[0]), Number(value[1])];
  return [Number(value ?? 1), Number(value ?? 1)];
}

function cropped(where: string, { name, config }: KerasLayer, { placement }: FoundLayer): Placement {
  const { cropping } = config;
  if (!placement || !Array.isArray(cropping))
    throw unlike(where, `'${name}' cuts pixels off that no transposed convolution made`);
  const crop = placement.crop.map(([start, end], axis): [number, number] => {
    const [before, after] = pairOf(cropping[axis]);
    return [start + before, end + after];
  });
  return { ...placement, crop };
}

/** A layer that is an activation alone. */
function follows(where: string, layer: KerasLayer, product: FoundLayer): Activation | 'sigmoid' {
  const { className, name, config } = layer;
  if (!FOLLOWERS.includes(className)) throw odd(where, layer);
  if (product.activation !== 'linear') {
    throw unlike(
      where,
      `'${name}' follows '${product.name}', which has the activation ${product.activation} already`,
    );
  }
  if (className === 'Activation') {
    return activationOf(where, name, activationName(config.activation), slopeOf(config.activation));
  }
  if (className === 'LeakyReLU') {
    return activationOf(
      where,
      name,
      'leaky_relu',
      Number(config.negative_slope ?? config.alpha ?? Number.NaN),
    );
  }
  if (className === 'ReLU' && !config.max_value && !config.negative_slope && !config.threshold) return 'relu';
  throw odd(where, layer);
}

/** What an activation given as a layer of its own says. */
function slopeOf(activation: unknown): number {
  const { config } = Object(activation) as { config?: { negative_slope?: unknown; alpha?: unknown } };
  return Number(config?.negative_slope ?? config?.alpha ?? SLOPE);
}

function activationOf(where: string, name: string, given: string, slope: number): Activation | 'sigmoid' {
  const known = { LeakyReLU: 'leaky_relu', ReLU: 'relu' }[given] ?? given;
  const activation = Object.hasOwn(ACTIVATIONS, known) ? ACTIVATIONS[known] : undefined;
  if (!activation) {
    throw unlike(
      where,
      `'${name}' has the activation ${given}, expected linear, relu, leaky_relu, tanh or sigmoid`,
    );
  }
  if (activation === 'leakyRelu' && !(Math.abs(slope - SLOPE) <= SLOPE_TOLERANCE)) {
    throw unlike(where, `'${name}' leaks ${slope} below zero, Latentkit's LeakyReLU ${SLOPE}`);
  }
  return activation;
}

/** Pixels from 0 to 1 to those of a tanh, and back: that is what its likelihood does here. */
function checkRescaling(where: string, { name, config }: KerasLayer, place: 'before' | 'after'): void {
  const [scale, offset] = place === 'before' ? [2, -1] : [0.5, 0.5];
  if (Number(config.scale) === scale && Number(config.offset) === offset) return;
  throw unlike(
    where,
    `'${name}' rescales by ${String(config.scale)} and ${String(config.offset)}: pixels go in and come out from 0 to 1 here`,
  );
}
