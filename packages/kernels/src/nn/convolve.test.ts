import { beforeEach, describe, expect, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { GEOMETRIES, geometryOf } from '../testing/geometries.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { naiveConvolve, patchOf, positionsOf } from '../testing/naive-convolution.ts';
import type { NaiveEpilogue } from '../testing/naive-gemm.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import type { ConvolutionGeometry } from './geometry.ts';

const bench = await createKernelBench();

function operandsOf(g: ConvolutionGeometry, outChannels: number) {
  return {
    x: randomNumbers(g.batch * g.inHeight * g.inWidth * g.channels, 1),
    filter: randomNumbers(patchOf(g) * outChannels, 2),
    bias: randomNumbers(outChannels, 3),
  };
}

function convolve(
  g: ConvolutionGeometry,
  outChannels: number,
  x: Float32Array,
  filter: Float32Array,
  { bias, ...rest }: NaiveEpilogue = {},
): Float32Array {
  const [xAt, filterAt] = [bench.put(x), bench.put(filter)];
  const biasAt = bias ? bench.put(bias) : 0;
  return bench.take(positionsOf(g) * outChannels, (y) =>
    bench.nn.convolve(g, outChannels, xAt, filterAt, y, { bias: biasAt, ...rest }),
  );
}

describe.each(['narrow', 'wide'] as const)('convolve by the %s tile', (tile) => {
  beforeEach(() => bench.nn.setTile(tile));

  it.each(GEOMETRIES)('is the plain loop, bit for bit, for %s', (_, g) => {
    for (const outChannels of [1, 3, 8, 21]) {
      const { x, filter } = operandsOf(g, outChannels);
      expectSameNumbers(convolve(g, outChannels, x, filter), naiveConvolve(g, outChannels, x, filter));
    }
  });

  it.each(['linear', 'relu', 'leakyRelu'] as const)('adds the bias, then applies %s', (activation) => {
    for (const [name, g] of GEOMETRIES) {
      const { x, filter, bias } = operandsOf(g, 5);
      const epilogue = { bias, activation, alpha: 0.2 };
      expectSameNumbers(convolve(g, 5, x, filter, epilogue), naiveConvolve(g, 5, x, filter, epilogue), name);
    }
  });

  it('gives an image the same bits alone and in a batch', () => {
    const g = geometryOf({ batch: 7, size: [13, 11], window: [3, 3], channels: 3, pad: [1, 1, 1, 1] });
    const { x, filter } = operandsOf(g, 5);
    const all = convolve(g, 5, x, filter);
    for (let image = 0; image < g.batch; image++) {
      const part = (numbers: Float32Array) =>
        numbers.slice((image * numbers.length) / 7, ((image + 1) * numbers.length) / 7);
      expectSameNumbers(convolve({ ...g, batch: 1 }, 5, part(x), filter), part(all), `image ${image}`);
    }
  });

  it('carries a NaN to every window that sees it, and to no other', () => {
    const g = geometryOf({ size: [5, 5], window: [3, 3] });
    const { x, filter } = operandsOf(g, 1);
    x[0] = Number.NaN;
    expect([...convolve(g, 1, x, filter)].map(Number.isNaN)).toEqual([true, ...Array(8).fill(false)]);
  });
});
