import { describe, expect, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { GEOMETRIES, geometryOf } from '../testing/geometries.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { naiveBackpropInput, patchOf, positionsOf } from '../testing/naive-convolution.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import type { ConvolutionGeometry } from './geometry.ts';

const bench = await createKernelBench();

function backpropInput(
  g: ConvolutionGeometry,
  outChannels: number,
  dy: Float32Array,
  filter: Float32Array,
): Float32Array {
  const [dyAt, filterAt] = [bench.put(dy), bench.put(filter)];
  return bench.take(g.batch * g.inHeight * g.inWidth * g.channels, (dx) =>
    bench.nn.convolveBackpropInput(g, outChannels, dyAt, filterAt, dx),
  );
}

describe('convolveBackpropInput', () => {
  it.each(GEOMETRIES)('is the plain loop, bit for bit, for %s', (_, g) => {
    for (const outChannels of [1, 3, 5, 8]) {
      const dy = randomNumbers(positionsOf(g) * outChannels, 1);
      const filter = randomNumbers(patchOf(g) * outChannels, 2);
      expectSameNumbers(
        backpropInput(g, outChannels, dy, filter),
        naiveBackpropInput(g, outChannels, dy, filter),
      );
    }
  });

  it('is zero at pixels that no window reads', () => {
    const g = geometryOf({ size: [4, 4], window: [1, 1], stride: [3, 3] });
    const dx = backpropInput(g, 1, Float32Array.of(1, 2, 3, 4), Float32Array.of(10));
    expect([...dx]).toEqual([10, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 30, 0, 0, 40]);
  });
});
