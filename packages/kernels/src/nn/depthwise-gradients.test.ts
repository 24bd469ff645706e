import { describe, expect, it } from 'vitest';
import { DEPTHWISE_GEOMETRIES, type DepthwiseCase, depthwiseOperands } from '../testing/depthwise-cases.ts';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { geometryOf } from '../testing/geometries.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { naiveDepthwiseBackpropFilter, naiveDepthwiseBackpropInput } from '../testing/naive-depthwise.ts';

const bench = await createKernelBench();

function backpropInput({ g, multiplier }: DepthwiseCase, dy: Float32Array, filter: Float32Array) {
  const [dyAt, filterAt] = [bench.put(dy), bench.put(filter)];
  return bench.take(g.batch * g.inHeight * g.inWidth * g.channels, (dx) =>
    bench.nn.depthwiseBackpropInput(g, multiplier, dyAt, filterAt, dx),
  );
}

function backpropFilter({ g, multiplier }: DepthwiseCase, x: Float32Array, dy: Float32Array) {
  const [xAt, dyAt] = [bench.put(x), bench.put(dy)];
  return bench.take(g.windowHeight * g.windowWidth * g.channels * multiplier, (dFilter) =>
    bench.nn.depthwiseBackpropFilter(g, multiplier, xAt, dyAt, dFilter),
  );
}

const nameOf = ({ g, multiplier }: DepthwiseCase) => `${g.channels} channels by ${multiplier}`;

/** The image's share of what is [batch, ...]. */
function part(numbers: Float32Array, image: number, batch: number): Float32Array {
  return numbers.slice((image * numbers.length) / batch, ((image + 1) * numbers.length) / batch);
}

const BATCH = {
  g: geometryOf({ batch: 5, size: [9, 7], window: [3, 3], channels: 21, stride: [2, 2], pad: [1, 1, 1, 1] }),
  multiplier: 1,
};

describe('depthwiseBackpropInput', () => {
  it.each(DEPTHWISE_GEOMETRIES)('is the plain loop, bit for bit, for %s', (_, cases) => {
    for (const one of cases) {
      const { dy, filter } = depthwiseOperands(one);
      const expected = naiveDepthwiseBackpropInput(one.g, one.multiplier, dy, filter);
      expectSameNumbers(backpropInput(one, dy, filter), expected, nameOf(one));
    }
  });

  it.each([
    [2, 3],
    [4, 6],
    [3, 2],
  ])('meets the right windows at dilation %d and stride %d', (dilation, stride) => {
    const g = geometryOf({
      ...{ batch: 2, size: [17, 16], window: [4, 3], channels: 5, pad: [3, 2, 1, 4] },
      ...{ dilation: [dilation, dilation], stride: [stride, stride] },
    });
    for (const multiplier of [1, 2]) {
      const { dy, filter } = depthwiseOperands({ g, multiplier });
      const expected = naiveDepthwiseBackpropInput(g, multiplier, dy, filter);
      expectSameNumbers(backpropInput({ g, multiplier }, dy, filter), expected);
    }
  });

  it('gives an image the same bits alone and in a batch', () => {
    const { dy, filter } = depthwiseOperands(BATCH);
    const all = backpropInput(BATCH, dy, filter);
    for (let image = 0; image < 5; image++) {
      const alone = { g: { ...BATCH.g, batch: 1 }, multiplier: 1 };
      expectSameNumbers(backpropInput(alone, part(dy, image, 5), filter), part(all, image, 5));
    }
  });

  it('carries a NaN to the pixels and the channel of its window, and to no other', () => {
    const g = geometryOf({ size: [1, 4], window: [1, 2], stride: [1, 2], channels: 2 });
    const dy = Float32Array.of(1, Number.NaN, 1, 1);
    const dx = backpropInput({ g, multiplier: 1 }, dy, Float32Array.of(1, 1, 1, 1));
    expect([...dx]).toEqual([1, Number.NaN, 1, Number.NaN, 1, 1, 1, 1]);
  });
});

describe('depthwiseBackpropFilter', () => {
  it.each(DEPTHWISE_GEOMETRIES)('is the plain loop, bit for bit, for %s', (_, cases) => {
    for (const one of cases) {
      const { x, dy } = depthwiseOperands(one);
      const expected = naiveDepthwiseBackpropFilter(one.g, one.multiplier, x, dy);
      expectSameNumbers(backpropFilter(one, x, dy), expected, nameOf(one));
    }
  });

  it("adds up the images' own gradients in their order", () => {
    const { x, dy } = depthwiseOperands(BATCH);
    const sum = new Float32Array(9 * 21);
    for (let image = 0; image < 5; image++) {
      const alone = { g: { ...BATCH.g, batch: 1 }, multiplier: 1 };
      const own = backpropFilter(alone, part(x, image, 5), part(dy, image, 5));
      own.forEach((value, i) => {
        sum[i]! += value;
      });
    }
    expectSameNumbers(backpropFilter(BATCH, x, dy), sum);
  });

  it('carries a NaN to its channel alone', () => {
    const g = geometryOf({ size: [2, 2], window: [1, 1], channels: 5 });
    const { x, dy } = depthwiseOperands({ g, multiplier: 1 });
    x[7] = Number.NaN;
    expect([...backpropFilter({ g, multiplier: 1 }, x, dy)].map(Number.isNaN)).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
  });
});
