import { describe, expect, it } from 'vitest';
import { DEPTHWISE_GEOMETRIES, type DepthwiseCase, depthwiseOperands } from '../testing/depthwise-cases.ts';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { geometryOf } from '../testing/geometries.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { positionsOf } from '../testing/naive-convolution.ts';
import { naiveDepthwise } from '../testing/naive-depthwise.ts';
import type { NaiveEpilogue } from '../testing/naive-gemm.ts';

const bench = await createKernelBench();

function convolve(
  { g, multiplier }: DepthwiseCase,
  x: Float32Array,
  filter: Float32Array,
  { bias, ...rest }: NaiveEpilogue = {},
): Float32Array {
  const [xAt, filterAt] = [bench.put(x), bench.put(filter)];
  const biasAt = bias ? bench.put(bias) : 0;
  return bench.take(positionsOf(g) * g.channels * multiplier, (y) =>
    bench.nn.depthwiseConvolve(g, multiplier, xAt, filterAt, y, { bias: biasAt, ...rest }),
  );
}

const nameOf = ({ g, multiplier }: DepthwiseCase) => `${g.channels} channels by ${multiplier}`;

describe('depthwiseConvolve', () => {
  it.each(DEPTHWISE_GEOMETRIES)('convolves each channel alone, bit for bit, for %s', (_, cases) => {
    for (const one of cases) {
      const { x, filter } = depthwiseOperands(one);
      const expected = naiveDepthwise(one.g, one.multiplier, x, filter);
      expectSameNumbers(convolve(one, x, filter), expected, nameOf(one));
    }
  });

  it.each(['linear', 'relu', 'leakyRelu'] as const)('adds the bias, then applies %s', (activation) => {
    for (const one of DEPTHWISE_GEOMETRIES.flatMap(([, cases]) => cases)) {
      const { x, filter, bias } = depthwiseOperands(one);
      const epilogue = { bias, activation, alpha: 0.2 };
      const expected = naiveDepthwise(one.g, one.multiplier, x, filter, epilogue);
      expectSameNumbers(convolve(one, x, filter, epilogue), expected, nameOf(one));
    }
  });

  it('gives an image the same bits alone and in a batch', () => {
    const g = geometryOf({ batch: 5, size: [9, 7], window: [3, 3], channels: 21, pad: [1, 1, 1, 1] });
    const { x, filter } = depthwiseOperands({ g, multiplier: 1 });
    const all = convolve({ g, multiplier: 1 }, x, filter);
    for (let image = 0; image < g.batch; image++) {
      const part = (numbers: Float32Array) =>
        numbers.slice((image * numbers.length) / 5, ((image + 1) * numbers.length) / 5);
      const alone = convolve({ g: { ...g, batch: 1 }, multiplier: 1 }, part(x), filter);
      expectSameNumbers(alone, part(all), `image ${image}`);
    }
  });

  it('carries a NaN to the windows and the channels that see it, and to no other', () => {
    for (const [channels, multiplier] of [
      [5, 1],
      [3, 2],
      [21, 1],
    ] as const) {
      const g = geometryOf({ size: [5, 5], window: [3, 3], channels });
      const { x, filter } = depthwiseOperands({ g, multiplier });
      x[channels - 1] = Number.NaN;
      const outChannels = channels * multiplier;
      const seen = [...convolve({ g, multiplier }, x, filter).keys()].map(
        (i) => i < outChannels && i >= outChannels - multiplier,
      );
      expect([...convolve({ g, multiplier }, x, filter)].map(Number.isNaN)).toEqual(seen);
    }
  });

  it('reads the padding as nothing at all: a NaN of the filter there changes nothing', () => {
    const g = geometryOf({ size: [1, 1], window: [3, 3], pad: [1, 1, 1, 1] });
    const filter = new Float32Array(9).fill(Number.NaN);
    filter[4] = 2;
    expect([...convolve({ g, multiplier: 1 }, Float32Array.of(3), filter)]).toEqual([6]);
  });
});
