import { describe, expect, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { GEOMETRIES, geometryOf } from '../testing/geometries.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { naiveMaxPoolBackprop } from '../testing/naive-max-pool.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import type { ConvolutionGeometry } from './geometry.ts';

const bench = await createKernelBench();

function backprop(g: ConvolutionGeometry, x: Float32Array, dy: Float32Array): Float32Array {
  const [xAt, dyAt] = [bench.put(x), bench.put(dy)];
  return bench.take(x.length, (dx) => bench.nn.maxPoolBackprop(g, xAt, dyAt, dx));
}

const PAIRS = geometryOf({ size: [1, 4], window: [1, 2], stride: [1, 2] });

describe('maxPoolBackprop', () => {
  it.each(GEOMETRIES)('is the plain loop, bit for bit, for %s', (_, g) => {
    const x = randomNumbers(g.batch * g.inHeight * g.inWidth * g.channels, 1);
    const dy = randomNumbers(g.batch * g.outHeight * g.outWidth * g.channels, 2);
    expectSameNumbers(backprop(g, x, dy), naiveMaxPoolBackprop(g, x, dy));
  });

  it('finds the largest of all-negative windows', () => {
    expect([...backprop(PAIRS, Float32Array.of(-3, -2, -5, -7), Float32Array.of(10, 20))]).toEqual([
      0, 10, 20, 0,
    ]);
  });

  it('gives equal elements to the first', () => {
    expect([...backprop(PAIRS, Float32Array.of(0, 0, -1, -1), Float32Array.of(10, 20))]).toEqual([
      10, 0, 20, 0,
    ]);
  });

  it('adds up where windows overlap', () => {
    const g = geometryOf({ size: [1, 3], window: [1, 2] });
    expect([...backprop(g, Float32Array.of(1, 5, 2), Float32Array.of(10, 20))]).toEqual([0, 30, 0]);
  });
});
