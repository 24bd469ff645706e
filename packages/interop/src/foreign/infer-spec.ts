import { type Activation, type ConvSpec, defineModel, type MlpSpec, type ModelSpec } from '@latentkit/models';

import { type FoundLayer, type FoundNetwork, inputsOf, unitsOf, unlike } from './found-network.ts';

/** What layers of other programs are told to be. */
type NetSpec = MlpSpec | ConvSpec;

/** A spec, and what was taken for granted where the file does not say it. */
export interface InferredSpec {
  readonly spec: ModelSpec;
  readonly notes: readonly string[];
}

/** What most examples have, where a file of weights alone says nothing. */
const [ACTIVATION, STRIDE] = ['relu', 2] as const;

/**
 * What model another program's layers make, told from their shapes and, where the file has them, from what it says of them.
 *
 * @throws `E_FORMAT` naming the layer that no model of Latentkit has.
 */
export function inferSpec(where: string, network: FoundNetwork): InferredSpec {
  const notes = new Set<string>();
  const heads = headsOf(where, network);
  const hidden = network.encoder.slice(0, network.encoder.length - heads.length);
  const { decoder } = network;
  if (decoder.length === 0) throw unlike(where, 'it has no decoder');
  const latentDim = unitsOf(heads[0]!);
  const kind = heads.length === 2 ? ('vae' as const) : ('autoencoder' as const);
  const [code] = heads as [FoundLayer];
  const latentActivation = kind === 'autoencoder' ? hiddenActivation(where, code, 'linear', notes) : 'linear';
  const output = outputOf(where, decoder.at(-1)!, notes);
  const decoderNet = decoderOf(where, decoder, notes);
  const condition = [...network.encoder, ...decoder].find((layer) => layer.condition)?.condition;
  const spec = {
    ...(condition && { condition: { classes: condition.shape[0]! } }),
    ...{ kind, latentDim, encoder: encoderOf(where, hidden, notes), decoder: decoderNet },
    ...(latentActivation !== 'linear' && { latentActivation }),
    image: imageOf(where, network, { decoderNet, notes }),
    likelihood:
      output === 'sigmoid'
        ? ({ type: 'bernoulli', output } as const)
        : ({ type: 'squaredError', output } as const),
  };
  return { spec: defineModel(spec), notes: [...notes] };
}

/** Mean and log variance: the last two of the encoder where they are alike; else the code alone. */
function headsOf(where: string, { encoder, decoder }: FoundNetwork): FoundLayer[] {
  const last = encoder.at(-1);
  if (last?.type !== 'dense') throw unlike(where, 'the encoder does not end with a dense layer');
  const before = encoder.at(-2);
  const isPair = before?.type === 'dense' && String(before.kernel.shape) === String(last.kernel.shape);
  const heads = isPair ? [before, last] : [last];
  const [first] = decoder;
  if (first && inputsOf(first) !== unitsOf(last)) {
    throw unlike(
      where,
      `the decoder's first layer '${first.name}' takes ${inputsOf(first)} numbers, and the encoder's last '${last.name}' gives ${unitsOf(last)}`,
    );
  }
  const bent = isPair && heads.find(({ activation = 'linear' }) => activation !== 'linear');
  if (bent) throw unlike(where, `'${bent.name}' gives a mean or a log variance through ${bent.activation}`);
  return heads;
}

function encoderOf(where: string, layers: readonly FoundLayer[], notes: Set<string>): NetSpec {
  const first = layers.findIndex(({ type }) => type === 'dense');
  const convolutions = first < 0 ? layers : layers.slice(0, first);
  const dense = first < 0 ? [] : layers.slice(first);
  checkKinds(where, convolutions, 'convolution');
  checkKinds(where, dense, 'dense');
  return netOf(where, { convolutions, dense, filters: convolutions.map(unitsOf) }, notes);
}

function decoderOf(where: string, layers: readonly FoundLayer[], notes: Set<string>): NetSpec {
  const first = layers.findIndex(({ type }) => type !== 'dense');
  if (first < 0) return netOf(where, { convolutions: [], dense: layers.slice(0, -1), filters: [] }, notes);
  const [dense, all] = [layers.slice(0, first), layers.slice(first)];
  checkKinds(where, all, 'transposedConvolution');
  const [convolutions, output] = [all.slice(0, -1), all.at(-1)!];
  const unfold = dense.at(-1);
  if (!unfold || convolutions.length === 0) {
    throw unlike(
      where,
      'the decoder has no dense layer before its transposed convolutions, or only one of these',
    );
  }
  const [start] = convolutions as [FoundLayer];
  if (inputsOf(start) !== unitsOf(start)) {
    throw unlike(
      where,
      `'${start.name}' makes ${unitsOf(start)} channels of ${inputsOf(start)}: here the first transposed convolution makes as many as it is given`,
    );
  }
  if ((output.stride ?? 1) !== 1)
    throw unlike(where, `the last layer '${output.name}' has stride ${output.stride}, not 1`);
  same(
    where,
    'kernel',
    [start, output].map((layer) => [layer, layer.kernel.shape.slice(0, 2).join(' x ')]),
  );
  const net = netOf(where, { convolutions, dense, filters: convolutions.map(unitsOf) }, notes);
  const { hidden = [], ...rest } = net as Extract<NetSpec, { type: 'conv' }>;
  return hidden.length > 1 ? { ...rest, hidden: hidden.slice(0, -1) } : rest; // the last unfolds
}

function checkKinds(where: string, layers: readonly FoundLayer[], type: FoundLayer['type']): void {
  const words = {
    dense: 'dense',
    convolution: 'a convolution',
    transposedConvolution: 'a transposed convolution',
  };
  const odd = layers.find((layer) => layer.type !== type);
  if (odd) throw unlike(where, `'${odd.name}' is ${words[odd.type]} where ${words[type]} is expected`);
}

interface NetParts {
  readonly convolutions: readonly FoundLayer[];
  readonly dense: readonly FoundLayer[];
  readonly filters: readonly number[];
}

function netOf(where: string, { convolutions, dense, filters }: NetParts, notes: Set<string>): NetSpec {
  const layers = [...convolutions, ...dense];
  const activations = layers.map((layer): [FoundLayer, Activation] => [
    layer,
    hiddenActivation(where, layer, ACTIVATION, notes),
  ]);
  const activation = same(where, 'activation', activations) ?? ACTIVATION;
  const hidden = dense.map(unitsOf);
  if (convolutions.length === 0) return { type: 'mlp', hidden, activation };
  for (const { name, kernel } of convolutions) {
    const [height, width] = kernel.shape;
    if (height !== width) throw unlike(where, `the kernel of '${name}' is ${height} x ${width}, not square`);
  }
  const kernelSize = same(
    where,
    'kernel',
    convolutions.map((layer) => [layer, layer.kernel.shape[0]!]),
  )!;
  if (convolutions.some((layer) => layer.stride === undefined)) {
    notes.add(`the file does not say the stride of its convolutions: taken for ${STRIDE}`);
  }
  const stride = same(
    where,
    'stride',
    convolutions.map((layer) => [layer, layer.stride ?? STRIDE]),
  )!;
  return {
    ...{ type: 'conv', filters, kernelSize, stride },
    ...(hidden.length > 0 && { hidden }),
    activation,
  };
}

/** What all layers of a net have; undefined of none. */
function same<T>(where: string, what: string, values: readonly (readonly [FoundLayer, T])[]): T | undefined {
  const [first] = values;
  const other = values.find(([, value]) => value !== first![1]);
  if (!other) return first?.[1];
  throw unlike(
    where,
    `'${first![0].name}' has ${what} ${first![1]} and '${other[0].name}' ${other[1]}, where a net has one for all`,
  );
}

function hiddenActivation(
  where: string,
  { name, activation }: FoundLayer,
  otherwise: Activation,
  notes: Set<string>,
): Activation {
  if (activation === undefined) {
    notes.add(`the file does not say its activations: taken for ${otherwise}`);
    return otherwise;
  }
  if (activation !== 'sigmoid') return activation;
  throw unlike(where, `'${name}' has the activation sigmoid within a net`);
}

function outputOf(where: string, { name, activation }: FoundLayer, notes: Set<string>) {
  if (activation === undefined) {
    notes.add('the file does not say its output: taken for a sigmoid, with a Bernoulli likelihood');
    return 'sigmoid';
  }
  if (activation === 'relu' || activation === 'leakyRelu') {
    throw unlike(where, `the output '${name}' goes through ${activation}, expected sigmoid, tanh or none`);
  }
  const likelihood = activation === 'sigmoid' ? 'Bernoulli' : 'squared error';
  notes.add(
    `the file does not say what training minimised: taken for ${likelihood}, as the output is ${activation}`,
  );
  return activation;
}

/** The images' shape: what the file says, or what the decoder comes to. */
function imageOf(
  where: string,
  { image, encoder, decoder }: FoundNetwork,
  { decoderNet, notes }: { decoderNet: NetSpec; notes: Set<string> },
): ModelSpec['image'] {
  if (image?.length === 3) {
    const [height, width, channels] = image as [number, number, number];
    return { height, width, channels };
  }
  const output = decoder.at(-1)!;
  if (decoderNet.type === 'mlp') {
    const pixels = unitsOf(output);
    const [first] = encoder;
    const known = first?.type === 'convolution' ? [inputsOf(first)] : [1, 3];
    const channels = known.find((count) => Number.isInteger(Math.sqrt(pixels / count)));
    if (!channels)
      throw unlike(where, `its ${pixels} pixels are no square image, and the file does not say its shape`);
    const side = Math.sqrt(pixels / channels);
    notes.add(`the file does not say the images' shape: taken for ${side} x ${side} x ${channels}`);
    return { height: side, width: side, channels };
  }
  const { filters, stride = STRIDE } = decoderNet;
  const unfold = decoder[decoder.findIndex(({ type }) => type !== 'dense') - 1]!;
  const side = Math.sqrt(unitsOf(unfold) / filters[0]!);
  if (!Number.isInteger(side)) {
    throw unlike(
      where,
      `the ${unitsOf(unfold)} numbers of '${unfold.name}' are no square image of ${filters[0]} channels, and the file does not say its shape`,
    );
  }
  const whole = side * stride ** filters.length;
  const channels = unitsOf(output);
  notes.add(`the file does not say the images' shape: taken for ${whole} x ${whole} x ${channels}`);
  return { height: whole, width: whole, channels };
}
