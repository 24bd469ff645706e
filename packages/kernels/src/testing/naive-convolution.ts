import type { ConvolutionGeometry } from '../nn/geometry.ts';
import { type NaiveEpilogue, naiveGemm } from './naive-gemm.ts';

/** Calls `visit` for every number of every window inside the image: the window's position, the number's place in it, and the image's index. */
function forEachInside(
  g: ConvolutionGeometry,
  visit: (position: number, place: number, index: number) => void,
): void {
  for (let position = 0; position < g.batch * g.outHeight * g.outWidth; position++) {
    const column = position % g.outWidth;
    const row = Math.floor(position / g.outWidth) % g.outHeight;
    const image = Math.floor(position / (g.outWidth * g.outHeight));
    for (let i = 0; i < g.windowHeight; i++) {
      const y = row * g.strideHeight - g.padTop + i * g.dilationHeight;
      for (let j = 0; j < g.windowWidth; j++) {
        const x = column * g.strideWidth - g.padLeft + j * g.dilationWidth;
        if (y < 0 || y >= g.inHeight || x < 0 || x >= g.inWidth) continue;
        for (let channel = 0; channel < g.channels; channel++) {
          const place = (i * g.windowWidth + j) * g.channels + channel;
          visit(position, place, ((image * g.inHeight + y) * g.inWidth + x) * g.channels + channel);
        }
      }
    }
  }
}

export function positionsOf(g: ConvolutionGeometry): number {
  return g.batch * g.outHeight * g.outWidth;
}

export function patchOf(g: ConvolutionGeometry): number {
  return g.windowHeight * g.windowWidth * g.channels;
}

/** `activation(x * filter + bias)`. */
export function naiveConvolve(
  g: ConvolutionGeometry,
  outChannels: number,
  x: Float32Array,
  filter: Float32Array,
  epilogue: NaiveEpilogue = {},
): Float32Array {
  const patch = patchOf(g);
  const patches = new Float32Array(positionsOf(g) * patch);
  forEachInside(g, (position, place, index) => {
    patches[position * patch + place] = x[index]!;
  });
  return naiveGemm(
    [positionsOf(g), outChannels, patch],
    (i, l) => patches[i * patch + l]!,
    (l, j) => filter[l * outChannels + j]!,
    epilogue,
  );
}

/** Gradient of {@link naiveConvolve} with respect to x. */
export function naiveBackpropInput(
  g: ConvolutionGeometry,
  outChannels: number,
  dy: Float32Array,
  filter: Float32Array,
): Float32Array {
  const dx = new Float32Array(g.batch * g.inHeight * g.inWidth * g.channels);
  forEachInside(g, (position, place, index) => {
    let sum = 0;
    for (let o = 0; o < outChannels; o++) {
      const product = Math.fround(dy[position * outChannels + o]! * filter[place * outChannels + o]!);
      sum = Math.fround(sum + product);
    }
    dx[index]! += sum;
  });
  return dx;
}

/** Gradient of {@link naiveConvolve} with respect to the filter. */
export function naiveBackpropFilter(
  g: ConvolutionGeometry,
  outChannels: number,
  x: Float32Array,
  dy: Float32Array,
): Float32Array {
  const dFilter = new Float32Array(patchOf(g) * outChannels);
  forEachInside(g, (position, place, index) => {
    for (let o = 0; o < outChannels; o++) {
      dFilter[place * outChannels + o]! += Math.fround(x[index]! * dy[position * outChannels + o]!);
    }
  });
  return dFilter;
}
