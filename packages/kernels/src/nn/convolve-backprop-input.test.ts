import { beforeEach, describe, expect, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { GEOMETRIES, geometryOf } from '../testing/geometries.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { naiveBackpropInput, patchOf, positionsOf } from '../testing/naive-convolution.ts';
import type { NaiveEpilogue } from '../testing/naive-gemm.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import type { ConvolutionGeometry } from './geometry.ts';

const bench = await createKernelBench();

function backpropInput(
  g: ConvolutionGeometry,
  outChannels: number,
  dy: Float32Array,
  filter: Float32Array,
  { bias, ...rest }: NaiveEpilogue = {},
): Float32Array {
  const [dyAt, filterAt] = [bench.put(dy), bench.put(filter)];
  const biasAt = bias ? bench.put(bias) : 0;
  return bench.take(g.batch * g.inHeight * g.inWidth * g.channels, (dx) =>
    bench.nn.convolveBackpropInput(g, outChannels, dyAt, filterAt, dx, { bias: biasAt, ...rest }),
  );
}

describe.each(['narrow', 'wide'] as const)('convolveBackpropInput by the %s tile', (tile) => {
  beforeEach(() => bench.nn.setTile(tile));

  it.each(GEOMETRIES)('is the plain loop, bit for bit, for %s', (_, g) => {
    for (const outChannels of [1, 3, 8, 21]) {
      const dy = randomNumbers(positionsOf(g) * outChannels, 1);
      const filter = randomNumbers(patchOf(g) * outChannels, 2);
      expectSameNumbers(
        backpropInput(g, outChannels, dy, filter),
        naiveBackpropInput(g, outChannels, dy, filter),
      );
    }
  });

  it.each(['linear', 'relu', 'leakyRelu'] as const)('adds the bias, then applies %s', (activation) => {
    for (const [name, g] of GEOMETRIES) {
      const dy = randomNumbers(positionsOf(g) * 5, 3);
      const filter = randomNumbers(patchOf(g) * 5, 4);
      const epilogue = { bias: randomNumbers(g.channels, 5), activation, alpha: 0.2 };
      expectSameNumbers(
        backpropInput(g, 5, dy, filter, epilogue),
        naiveBackpropInput(g, 5, dy, filter, epilogue),
        name,
      );
    }
  });

  it('gives an image the same bits alone and in a batch', () => {
    for (const channels of [3, 9]) {
      const g = geometryOf({
        batch: 7,
        size: [9, 7],
        window: [3, 3],
        channels,
        stride: [2, 2],
        pad: [1, 1, 1, 1],
      });
      const dy = randomNumbers(positionsOf(g) * 5, 6);
      const filter = randomNumbers(patchOf(g) * 5, 7);
      const all = backpropInput(g, 5, dy, filter);
      for (let image = 0; image < g.batch; image++) {
        const part = (numbers: Float32Array) =>
          numbers.slice((image * numbers.length) / 7, ((image + 1) * numbers.length) / 7);
        expectSameNumbers(
          backpropInput({ ...g, batch: 1 }, 5, part(dy), filter),
          part(all),
          `image ${image}`,
        );
      }
    }
  });

  it('is zero at pixels that no window reads', () => {
    const g = geometryOf({ size: [4, 4], window: [1, 1], stride: [3, 3] });
    const dx = backpropInput(g, 1, Float32Array.of(1, 2, 3, 4), Float32Array.of(10));
    expect([...dx]).toEqual([10, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 30, 0, 0, 40]);
  });
});
