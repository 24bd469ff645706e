import type { ModelOracle } from '@latentkit/testing';
import type { Activation } from '../layers/activation.ts';
import type { ModelSpec } from '../model-spec.ts';
import type { NetSpec, ResidualSpec } from '../nets/nets.ts';

type Arrays = Readonly<Record<string, Float64Array>>;

/** An image in float64, row by row, channels last. */
interface Image {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly data: Float64Array;
}

const ACTIVATIONS: Record<Activation, (x: number) => number> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  leakyRelu: (x) => (x > 0 ? x : 0.2 * x),
  tanh: Math.tanh,
};

/** A model's forward pass the slow obvious way: one example, float64, loops straight from the definitions. */
export function createModelOracle(spec: ModelSpec): ModelOracle {
  return {
    encode(parameters, image) {
      const features = encodeFeatures(spec, spec.encoder, parameters, image);
      const head = (name: string, activation: Activation) =>
        dense(parameters, `encoder.${name}`, features, activation);
      return spec.kind === 'vae'
        ? { mean: head('mean', 'linear'), logVar: head('logVar', 'linear') }
        : { mean: head('code', spec.latentActivation ?? 'linear') };
    },
    decode: (parameters, latent) => decode(spec, spec.decoder, parameters, latent),
  };
}

function encodeFeatures({ image }: ModelSpec, part: NetSpec, parameters: Arrays, data: Float64Array) {
  let x: Image = { ...image, data };
  if (part.type === 'conv') {
    const { kernelSize = 3, stride = 2 } = part;
    part.filters.forEach((filters, i) => {
      const [kernel, bias] = weightsOf(parameters, `encoder.conv${i + 1}`);
      x = convolve(x, kernel, bias, { filters, kernelSize, stride }, ACTIVATIONS[part.activation]);
    });
  }
  if (part.type === 'residual') {
    part.filters.forEach((filters, i) => {
      const name = `encoder.stage${i + 1}`;
      const [kernel, bias] = weightsOf(parameters, `${name}.down`, filters);
      const size = { filters, kernelSize: 3, stride: 2 };
      x = normalise(part, parameters, `${name}.down`, convolve(x, kernel, bias, size, ACTIVATIONS.linear));
      x = runBlocks(part, parameters, name, x);
    });
  }
  return runHidden('encoder', part, parameters, x.data);
}

/** A stage's blocks: `activation(x + body(x))`. */
function runBlocks(part: ResidualSpec, parameters: Arrays, stage: string, image: Image): Image {
  let x = image;
  for (let block = 1; block <= (part.blocks ?? 1); block++) {
    const [first, second] = ['conv1', 'conv2'].map((name) => `${stage}.block${block}.${name}`);
    const size = { filters: x.channels, kernelSize: 3, stride: 1 };
    const convolved = (y: Image, name: string) =>
      convolve(y, ...weightsOf(parameters, name, size.filters), size, ACTIVATIONS.linear);
    const inner = normalise(part, parameters, first!, convolved(x, first!));
    const body = normalise({ ...part, activation: 'linear' }, parameters, second!, convolved(inner, second!));
    x = { ...x, data: x.data.map((value, i) => ACTIVATIONS[part.activation](value + body.data[i]!)) };
  }
  return x;
}

/** By the mean and variance of each group of channels, or the running ones, then gain, bias and activation; that alone without a norm. */
function normalise(
  { norm = 'group', groups, activation }: ResidualSpec,
  parameters: Arrays,
  layer: string,
  x: Image,
): Image {
  if (norm === 'none') return { ...x, data: x.data.map(ACTIVATIONS[activation]) };
  const [gain, bias] = ['gain', 'bias'].map((name) => parameters[`${layer}Norm.${name}`]!);
  if (norm === 'batch') {
    const [mean, variance] = ['mean', 'variance'].map((name) => parameters[`${layer}Norm.${name}`]!);
    const data = x.data.map((value, i) => {
      const c = i % x.channels;
      const scaled = (gain![c]! * (value - mean![c]!)) / Math.sqrt(variance![c]! + 1e-5);
      return ACTIVATIONS[activation](scaled + bias![c]!);
    });
    return { ...x, data };
  }
  const count = groups ?? [8, 7, 6, 5, 4, 3, 2, 1].find((most) => x.channels % most === 0)!;
  const groupOf = (i: number) => Math.floor((i % x.channels) / (x.channels / count));
  const data = Float64Array.from(x.data);
  for (let group = 0; group < count; group++) {
    const own = [...x.data.keys()].filter((i) => groupOf(i) === group);
    const mean = own.reduce((sum, i) => sum + x.data[i]!, 0) / own.length;
    const variance = own.reduce((sum, i) => sum + (x.data[i]! - mean) ** 2, 0) / own.length;
    for (const i of own) {
      const channel = i % x.channels;
      const scaled = (gain![channel]! * (x.data[i]! - mean)) / Math.sqrt(variance + 1e-5);
      data[i] = ACTIVATIONS[activation](scaled + bias![channel]!);
    }
  }
  return { ...x, data };
}

function decode({ image }: ModelSpec, part: NetSpec, parameters: Arrays, latent: Float64Array): Float64Array {
  const features = runHidden('decoder', part, parameters, latent);
  if (part.type === 'mlp') return dense(parameters, 'decoder.output', features, 'linear');
  const { filters, activation } = part;
  const { kernelSize = 3, stride = 2 } = part.type === 'conv' ? part : {};
  const sizeAfter = (size: number, layers: number) => {
    let after = size;
    for (let i = layers; i < filters.length; i++) after = Math.ceil(after / stride);
    return after;
  };
  let x: Image = {
    height: sizeAfter(image.height, 0),
    width: sizeAfter(image.width, 0),
    channels: filters[0]!,
    data: dense(parameters, 'decoder.unfold', features, activation),
  };
  filters.forEach((units, i) => {
    const to = { height: sizeAfter(image.height, i + 1), width: sizeAfter(image.width, i + 1) };
    const isResidual = part.type === 'residual';
    const name = isResidual ? `decoder.stage${i + 1}.up` : `decoder.deconv${i + 1}`;
    const size = { kernelSize, stride, filters: isResidual ? (filters[i + 1] ?? units) : units };
    if (isResidual) x = runBlocks(part, parameters, `decoder.stage${i + 1}`, x);
    const [kernel, bias] = weightsOf(parameters, name, size.filters);
    x = transposedConvolve(x, kernel, bias, to, size, ACTIVATIONS[isResidual ? 'linear' : activation]);
    if (isResidual) x = normalise(part, parameters, name, x);
  });
  const [kernel, bias] = weightsOf(parameters, 'decoder.output');
  const size = { kernelSize, stride: 1, filters: image.channels };
  return transposedConvolve(x, kernel, bias, image, size, ACTIVATIONS.linear).data;
}

/** A kernel and its bias; none is zero. */
function weightsOf(parameters: Arrays, layer: string, units = 0): [Float64Array, Float64Array] {
  return [parameters[`${layer}.kernel`]!, parameters[`${layer}.bias`] ?? new Float64Array(units)];
}

function runHidden(prefix: string, part: NetSpec, parameters: Arrays, x: Float64Array) {
  return (part.hidden ?? []).reduce(
    (features, _, i) => dense(parameters, `${prefix}.hidden${i + 1}`, features, part.activation),
    x,
  );
}

function dense(parameters: Arrays, layer: string, x: Float64Array, activation: Activation): Float64Array {
  const [kernel, bias] = weightsOf(parameters, layer);
  return bias.map((b, unit) => {
    let sum = b;
    for (let i = 0; i < x.length; i++) sum += x[i]! * kernel[i * bias.length + unit]!;
    return ACTIVATIONS[activation](sum);
  });
}

interface Window {
  kernelSize: number;
  stride: number;
  filters: number;
}

/** Pixels of padding before the first: `same` puts the odd one behind. */
function paddingBefore(size: number, { kernelSize, stride }: Window): number {
  return Math.floor(Math.max(0, (Math.ceil(size / stride) - 1) * stride + kernelSize - size) / 2);
}

/** Visits every pair of a pixel of the big image and one of the small, with the kernel's place that joins them. */
function forEachPair(
  big: { height: number; width: number },
  window: Window,
  visit: (bigPixel: number, smallPixel: number, place: number) => void,
): void {
  const { kernelSize, stride } = window;
  const [top, left] = [paddingBefore(big.height, window), paddingBefore(big.width, window)];
  const [rows, columns] = [Math.ceil(big.height / stride), Math.ceil(big.width / stride)];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let place = 0; place < kernelSize * kernelSize; place++) {
        const y = row * stride + Math.floor(place / kernelSize) - top;
        const x = column * stride + (place % kernelSize) - left;
        if (y < 0 || y >= big.height || x < 0 || x >= big.width) continue;
        visit(y * big.width + x, row * columns + column, place);
      }
    }
  }
}

function convolve(
  image: Image,
  kernel: Float64Array,
  bias: Float64Array,
  window: Window,
  activation: (x: number) => number,
): Image {
  const { stride, filters } = window;
  const { channels } = image;
  const [height, width] = [Math.ceil(image.height / stride), Math.ceil(image.width / stride)];
  const out = Float64Array.from({ length: height * width * filters }, (_, i) => bias[i % filters]!);
  forEachPair(image, window, (from, to, place) => {
    for (let i = 0; i < channels; i++) {
      for (let o = 0; o < filters; o++) {
        out[to * filters + o]! +=
          image.data[from * channels + i]! * kernel[(place * channels + i) * filters + o]!;
      }
    }
  });
  return { height, width, channels: filters, data: out.map(activation) };
}

function transposedConvolve(
  image: Image,
  kernel: Float64Array,
  bias: Float64Array,
  { height, width }: { height: number; width: number },
  window: Window,
  activation: (x: number) => number,
): Image {
  const { filters } = window;
  const { channels } = image;
  const out = Float64Array.from({ length: height * width * filters }, (_, i) => bias[i % filters]!);
  forEachPair({ height, width }, window, (to, from, place) => {
    for (let i = 0; i < channels; i++) {
      for (let o = 0; o < filters; o++) {
        out[to * filters + o]! +=
          image.data[from * channels + i]! * kernel[(place * filters + o) * channels + i]!;
      }
    }
  });
  return { height, width, channels: filters, data: out.map(activation) };
}
