import { type ConvolutionGeometry, FILTER_CHUNK_IMAGES } from '../nn/geometry.ts';
import { type NaiveEpilogue, naiveEpilogue, naiveGemm } from './naive-gemm.ts';

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

/** The numbers under every window, zeros outside the image: `[positions, patch]`. */
function patchesOf(g: ConvolutionGeometry, x: Float32Array): Float32Array {
  const patch = patchOf(g);
  const patches = new Float32Array(positionsOf(g) * patch);
  forEachInside(g, (position, place, index) => {
    patches[position * patch + place] = x[index]!;
  });
  return patches;
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
  const patches = patchesOf(g, x);
  return naiveGemm(
    [positionsOf(g), outChannels, patch],
    (i, l) => patches[i * patch + l]!,
    (l, j) => filter[l * outChannels + j]!,
    epilogue,
  );
}

/**
 * Gradient of {@link naiveConvolve} with respect to x, then bias and activation.
 *
 * From 8 channels on a pixel is one sum from +0 over the taps that reach it in row-major order, for each the outChannels
 * in order; windows that lie beyond dy count as zeros. With fewer, each window gives each of its numbers a sum over
 * outChannels from +0, and a pixel adds what it is given to +0 in the order of the windows.
 */
export function naiveBackpropInput(
  g: ConvolutionGeometry,
  outChannels: number,
  dy: Float32Array,
  filter: Float32Array,
  epilogue: NaiveEpilogue = {},
): Float32Array {
  const gather = g.channels >= 8 ? gatheredInput : scatteredInput;
  const dx = gather(g, outChannels, dy, filter);
  return dx.map((sum, index) => naiveEpilogue(sum, index % g.channels, epilogue));
}

function scatteredInput(
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

function gatheredInput(
  g: ConvolutionGeometry,
  outChannels: number,
  dy: Float32Array,
  filter: Float32Array,
): Float32Array {
  const dx = new Float32Array(g.batch * g.inHeight * g.inWidth * g.channels);
  for (let index = 0; index < dx.length; index++) {
    const channel = index % g.channels;
    const x = Math.floor(index / g.channels) % g.inWidth;
    const y = Math.floor(index / (g.channels * g.inWidth)) % g.inHeight;
    const image = Math.floor(index / (g.channels * g.inWidth * g.inHeight));
    for (let i = 0; i < g.windowHeight; i++) {
      const row = (y + g.padTop - i * g.dilationHeight) / g.strideHeight;
      for (let j = 0; j < g.windowWidth; j++) {
        const column = (x + g.padLeft - j * g.dilationWidth) / g.strideWidth;
        if (!Number.isInteger(row) || !Number.isInteger(column)) continue;
        const inside = row >= 0 && row < g.outHeight && column >= 0 && column < g.outWidth;
        const position = (image * g.outHeight + row) * g.outWidth + column;
        const place = (i * g.windowWidth + j) * g.channels + channel;
        for (let o = 0; o < outChannels; o++) {
          const given = inside ? dy[position * outChannels + o]! : 0;
          dx[index]! += Math.fround(given * filter[place * outChannels + o]!);
        }
      }
    }
  }
  return dx;
}

/**
 * Gradient of {@link naiveConvolve} with respect to the filter: for each `FILTER_CHUNK_IMAGES` images a sum from +0 over their positions in
 * order, zeros outside the image included; then these sums, added in order.
 */
export function naiveBackpropFilter(
  g: ConvolutionGeometry,
  outChannels: number,
  x: Float32Array,
  dy: Float32Array,
): Float32Array {
  const patch = patchOf(g);
  const patches = patchesOf(g, x);
  const perImage = g.outHeight * g.outWidth;
  let dFilter: Float32Array | undefined;
  for (let image = 0; image < g.batch; image += FILTER_CHUNK_IMAGES) {
    const first = image * perImage;
    const count = Math.min(FILTER_CHUNK_IMAGES, g.batch - image) * perImage;
    const sum = naiveGemm(
      [patch, outChannels, count],
      (i, l) => patches[(first + l) * patch + i]!,
      (l, j) => dy[(first + l) * outChannels + j]!,
    );
    dFilter = dFilter ? dFilter.map((before, i) => before + sum[i]!) : sum;
  }
  return dFilter ?? new Float32Array(patch * outChannels);
}
