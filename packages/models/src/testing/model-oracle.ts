import type { ModelOracle } from '@latentkit/testing';
import type { Activation } from '../layers/activation.ts';
import type { ModelSpec } from '../model-spec.ts';
import type { ConvSpec, MlpSpec } from '../nets/nets.ts';

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

function encodeFeatures(
  { image }: ModelSpec,
  part: MlpSpec | ConvSpec,
  parameters: Arrays,
  data: Float64Array,
) {
  let x: Image = { ...image, data };
  if (part.type === 'conv') {
    const { kernelSize = 3, stride = 2 } = part;
    part.filters.forEach((filters, i) => {
      const [kernel, bias] = weightsOf(parameters, `encoder.conv${i + 1}`);
      x = convolve(x, kernel, bias, { filters, kernelSize, stride }, ACTIVATIONS[part.activation]);
    });
  }
  return runHidden('encoder', part, parameters, x.data);
}

function decode(
  { image }: ModelSpec,
  part: MlpSpec | ConvSpec,
  parameters: Arrays,
  latent: Float64Array,
): Float64Array {
  const features = runHidden('decoder', part, parameters, latent);
  if (part.type === 'mlp') return dense(parameters, 'decoder.output', features, 'linear');
  const { filters, kernelSize = 3, stride = 2, activation } = part;
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
    const [kernel, bias] = weightsOf(parameters, `decoder.deconv${i + 1}`);
    const size = { kernelSize, stride, filters: units };
    x = transposedConvolve(x, kernel, bias, to, size, ACTIVATIONS[activation]);
  });
  const [kernel, bias] = weightsOf(parameters, 'decoder.output');
  const size = { kernelSize, stride: 1, filters: image.channels };
  return transposedConvolve(x, kernel, bias, image, size, ACTIVATIONS.linear).data;
}

function weightsOf(parameters: Arrays, layer: string): [Float64Array, Float64Array] {
  return [parameters[`${layer}.kernel`]!, parameters[`${layer}.bias`]!];
}

function runHidden(prefix: string, part: MlpSpec | ConvSpec, parameters: Arrays, x: Float64Array) {
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
