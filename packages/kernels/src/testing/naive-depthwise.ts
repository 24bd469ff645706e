import type { ConvolutionGeometry } from '../nn/geometry.ts';
import { naiveConvolve, positionsOf } from './naive-convolution.ts';
import type { NaiveEpilogue } from './naive-gemm.ts';

/** Every `step`th number, from `first` on: a channel of an image, or of a filter. */
function plane(numbers: Float32Array, first: number, step: number): Float32Array {
  return Float32Array.from(
    { length: Math.ceil((numbers.length - first) / step) },
    (_, i) => numbers[first + i * step]!,
  );
}

/** `activation(x * filter + bias)`: the plain convolution of each channel with each of its filters. */
export function naiveDepthwise(
  g: ConvolutionGeometry,
  multiplier: number,
  x: Float32Array,
  filter: Float32Array,
  { bias, ...rest }: NaiveEpilogue = {},
): Float32Array {
  const outChannels = g.channels * multiplier;
  const y = new Float32Array(positionsOf(g) * outChannels);
  for (let o = 0; o < outChannels; o++) {
    const image = plane(x, Math.floor(o / multiplier), g.channels);
    const epilogue = { bias: bias?.slice(o, o + 1), ...rest };
    const one = naiveConvolve({ ...g, channels: 1 }, 1, image, plane(filter, o, outChannels), epilogue);
    one.forEach((value, position) => {
      y[position * outChannels + o] = value;
    });
  }
  return y;
}

/** Input and output positions, of one image, that the tap (i, j) joins, in the output's row-major order. */
function joinedBy(g: ConvolutionGeometry, i: number, j: number): { from: number; to: number }[] {
  const joined: { from: number; to: number }[] = [];
  for (let to = 0; to < g.outHeight * g.outWidth; to++) {
    const y = Math.floor(to / g.outWidth) * g.strideHeight - g.padTop + i * g.dilationHeight;
    const x = (to % g.outWidth) * g.strideWidth - g.padLeft + j * g.dilationWidth;
    if (y >= 0 && y < g.inHeight && x >= 0 && x < g.inWidth) joined.push({ from: y * g.inWidth + x, to });
  }
  return joined;
}

/** Calls `visit` for every image, tap in row-major order, output position that it joins and output channel: the indices. */
function forEachProduct(
  g: ConvolutionGeometry,
  multiplier: number,
  visit: (x: number, y: number, filter: number) => void,
): void {
  const outChannels = g.channels * multiplier;
  for (let tap = 0; tap < g.windowHeight * g.windowWidth; tap++) {
    const joined = joinedBy(g, Math.floor(tap / g.windowWidth), tap % g.windowWidth);
    for (let image = 0; image < g.batch; image++) {
      for (const { from, to } of joined) {
        const pixel = image * g.inHeight * g.inWidth + from;
        const position = image * g.outHeight * g.outWidth + to;
        for (let o = 0; o < outChannels; o++) {
          const c = Math.floor(o / multiplier);
          visit(pixel * g.channels + c, position * outChannels + o, tap * outChannels + o);
        }
      }
    }
  }
}

/** Gradient of {@link naiveDepthwise} with respect to x. */
export function naiveDepthwiseBackpropInput(
  g: ConvolutionGeometry,
  multiplier: number,
  dy: Float32Array,
  filter: Float32Array,
): Float32Array {
  const dx = new Float32Array(g.batch * g.inHeight * g.inWidth * g.channels);
  forEachProduct(g, multiplier, (x, y, tap) => {
    dx[x]! += Math.fround(dy[y]! * filter[tap]!);
  });
  return dx;
}

/** Gradient of {@link naiveDepthwise} with respect to the filter: the images' own, added up in order. */
export function naiveDepthwiseBackpropFilter(
  g: ConvolutionGeometry,
  multiplier: number,
  x: Float32Array,
  dy: Float32Array,
): Float32Array {
  const dFilter = new Float32Array(g.windowHeight * g.windowWidth * g.channels * multiplier);
  const part = (numbers: Float32Array, image: number) =>
    numbers.subarray((image * numbers.length) / g.batch, ((image + 1) * numbers.length) / g.batch);
  for (let image = 0; image < g.batch; image++) {
    const [images, gradients] = [part(x, image), part(dy, image)];
    const own = new Float32Array(dFilter.length);
    forEachProduct({ ...g, batch: 1 }, multiplier, (from, to, tap) => {
      own[tap]! += Math.fround(images[from]! * gradients[to]!);
    });
    own.forEach((value, tap) => {
      dFilter[tap]! += value;
    });
  }
  return dFilter;
}
