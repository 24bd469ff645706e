import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { type NaiveSample, naiveEpoch, naiveMove } from '../testing/naive-umap.ts';
import { createUmapBench } from '../testing/umap-bench.ts';

const bench = await createUmapBench();
const curve = { a: 1.5769436, b: 0.8950607, repulsion: 1 };

/** A random graph, its places, and some of its edges; one place and edge more fill the groups. */
function randomSample(dimensions: number, count: number, edgeCount: number): NaiveSample {
  const random = createRandom({ seed: 8, stream: Stream.sample, step: dimensions, index: edgeCount });
  const places = Float64Array.from({ length: (count + 1) * dimensions }, () =>
    Math.fround(2 * random.normal()),
  );
  const edges = Array.from({ length: edgeCount }, () => {
    const head = random.integer(count);
    return [head, (head + 1 + random.integer(Math.max(1, count - 1))) % count];
  }).flat();
  const groups = Math.ceil(edgeCount / 4);
  const selected = Array.from({ length: 4 * groups }, (_, e) => Math.min(e, edgeCount));
  return {
    ...{ dimensions, heads: places, tails: places, moveTails: true },
    ...{ edges: [...edges, count, count], selected, negatives: 5, others: count },
    ...{ rate: 0.125, keys: [random.word(), random.word()] as const, ...curve },
  };
}

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) {
    expect(Math.abs(actual[i]! - expected[i]!), `number ${i}`).toBeLessThanOrEqual(
      tolerance * (1 + Math.abs(expected[i]!)),
    );
  }
}

/** One edge alone, in a lane: from a place of `[x, 0, ..]` to the origin. */
const edgeOf = (dimensions: number, x: number, settings: Partial<NaiveSample> = {}): NaiveSample => ({
  ...{ dimensions, heads: Float64Array.from({ length: 2 * dimensions }, (_, d) => (d === 0 ? x : 0)) },
  ...{ tails: new Float64Array(dimensions), moveTails: false, edges: [0, 0, 1, 0], selected: [0, 1, 1, 1] },
  ...{ negatives: 0, others: 1, rate: 1, keys: [1, 2], ...curve, ...settings },
});

describe('optimize', () => {
  for (const dimensions of [1, 2, 3, 5]) {
    it.each([1, 2, 3, 4, 5, 17, 60])(
      `moves ${dimensions}-dimensional places along %d edges as a plain loop in float64 does`,
      (edgeCount) => {
        const sample = randomSample(dimensions, 23, edgeCount);
        const moved = bench.optimize(sample);
        naiveEpoch(sample);
        expectNear(moved, sample.heads, 1e-4);
      },
    );
  }

  it.each([1, 2, 3])(
    'leaves the tails where they are when they are told to stay, in %d dimensions',
    (dimensions) => {
      const sample = { ...randomSample(dimensions, 9, 17), moveTails: false };
      const apart = { ...sample, tails: sample.heads.map((x) => x / 2) };
      const moved = bench.optimize(apart);
      naiveEpoch(apart);
      expectNear(moved, apart.heads, 1e-4);
    },
  );

  it('moves the same in slices of groups', () => {
    const sample = randomSample(2, 23, 60);
    const all = bench.optimize(sample);
    const half = bench.optimize(sample, 0, 7);
    const heads = Float64Array.from(half);
    expect(bench.optimize({ ...sample, heads, tails: heads }, 7, 15)).toEqual(all);
  });

  it.each([2, 3])('moves by the gradient of the cross entropy, in %d dimensions', (dimensions) => {
    const { a, b, repulsion } = { ...curve, repulsion: 0.5 };
    const likeness = (d2: number) => 1 / (1 + a * d2 ** b);
    const [step, rate] = [1e-5, 0.0625];
    const slope = (f: (x: number) => number, x: number) => (f(x + step) - f(x - step)) / (2 * step);
    for (const x of [0.4, 1, 1.7, 3, 8]) {
      const attraction = bench.optimize(edgeOf(dimensions, x, { rate }))[0]! - x;
      const slopeThere = slope((d) => Math.log(likeness(d * d)), x);
      expect(attraction / rate).toBeCloseTo(slopeThere, 4);
      const pushed = edgeOf(dimensions, x, { negatives: 1, repulsion, rate });
      const repelled = bench.optimize(pushed)[0]! - x;
      // The repulsion is from where attraction has brought the place; 0.001 keeps it finite.
      const near = x + attraction;
      const entropy = slope((d) => repulsion * Math.log(1 - likeness(d * d)), near);
      const softened = (entropy * near * near) / (0.001 + near * near);
      expect((repelled - attraction) / rate).toBeCloseTo(Math.min(4, softened), 4);
    }
  });

  it('computes powers to 1e-5, from distances of 1e-5 to 1e6', () => {
    for (const b of [0.3, 0.8950607, 1.9]) {
      for (let x = 1e-5; x < 1e6; x *= 1.7) {
        if (Math.abs(2 * b * Math.log2(x)) > 60) continue; // powers are held to 2^-60 to 2^60
        const edge = edgeOf(2, Math.fround(x), { b, rate: 1e-3 });
        const [expected] = naiveMove(edge, 'attraction', [Math.fround(x), 0], [0, 0]) as [number];
        // From 0, so that the sum does not round the move away.
        const swapped = { ...edge, heads: new Float64Array(4), tails: Float64Array.of(Math.fround(x), 0) };
        const moved = bench.optimize(swapped)[0]!;
        expect(Math.abs(moved / -expected - 1), `b ${b}, distance ${x}`).toBeLessThan(1e-5);
      }
    }
  });

  it('holds gradients to 4 in each coordinate', () => {
    const pushed = edgeOf(2, 0.01, { negatives: 1, a: 1e-6, rate: 0.5 });
    expect(bench.optimize(pushed)[0]).toBeCloseTo(0.01 + 2, 2);
  });

  it('does not move places that coincide, and keeps finite what is far out', () => {
    for (const dimensions of [2, 3]) {
      const same = edgeOf(dimensions, 0, { negatives: 5 });
      expect([...bench.optimize(same)]).toEqual(new Array(2 * dimensions).fill(0));
      for (const x of [1e-30, 1e-12, 1e10, 1e15]) {
        const moved = bench.optimize(edgeOf(dimensions, x, { negatives: 5 }));
        expect(moved.every(Number.isFinite), `${x}`).toBe(true);
      }
    }
  });

  it('draws each place about as often as any other', () => {
    // Each edge's head is pushed by one draw: away from 0 it moves in the direction of the place that was drawn.
    const count = 8;
    const heads = new Float64Array(2 * 4001);
    const tails = Float64Array.from({ length: 2 * count }, (_, i) =>
      i % 2 === 0 ? Math.cos((2 * Math.PI * (i >> 1)) / count) : Math.sin((2 * Math.PI * (i >> 1)) / count),
    );
    const sample: NaiveSample = {
      ...{ dimensions: 2, heads, tails, moveTails: false, negatives: 1, others: count, rate: 1e-3 },
      edges: Array.from({ length: 2 * 4000 }, (_, i) => (i % 2 === 0 ? i >> 1 : 0)),
      ...{ selected: Array.from({ length: 4000 }, (_, i) => i), keys: [123, 456], ...curve },
    };
    const moved = bench.optimize(sample);
    const [towards] = naiveMove(sample, 'attraction', [0, 0], [1, 0]) as [number];
    const drawn = new Array<number>(count).fill(0);
    for (let i = 0; i < 4000; i++) {
      const turn = Math.atan2(-moved[2 * i + 1]!, towards - moved[2 * i]!) / (2 * Math.PI);
      drawn[((Math.round(turn * count) % count) + count) % count]!++;
    }
    const chiSquared = drawn.reduce((sum, times) => sum + (times - 500) ** 2 / 500, 0);
    expect(chiSquared).toBeLessThan(24.3); // 7 degrees of freedom, p = 0.001
  });
});
