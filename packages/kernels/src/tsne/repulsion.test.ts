import { createRandom, Stream } from '@latentkit/core';
import { afterEach, describe, expect, it } from 'vitest';
import { naiveRepulsion } from '../testing/naive-repulsion.ts';
import { createTsneBench } from '../testing/tsne-bench.ts';

const bench = await createTsneBench();
afterEach(() => bench.clear());

const COUNTS = [1, 2, 3, 4, 5, 17, 48, 49, 100, 333];

/** Normal places around some centres. */
function clouds(count: number, { centres = 10, scale = 10, index = 0 } = {}): Float32Array {
  const random = createRandom({ seed: 5, stream: Stream.sample, index });
  const middles = Float32Array.from({ length: 2 * centres }, () => scale * random.normal());
  return Float32Array.from({ length: 2 * count }, (_, at) => {
    const centre = Math.floor(at / 2) % centres;
    return middles[2 * centre + (at % 2)]! + (scale / 10) * random.normal();
  });
}

function repel(places: Float32Array, theta: number | 'exact') {
  const count = places.length / 2;
  const [from, out] = [bench.put(places), bench.room(4 * places.length)];
  const scratch = bench.room(bench.tsne.repulsionScratch(count));
  const z =
    theta === 'exact'
      ? bench.tsne.repelExactly(from, count, out, scratch)
      : bench.tsne.repel(from, count, theta, out, scratch);
  bench.take(scratch, bench.tsne.repulsionScratch(count) / 4); // nothing beyond it is written
  return { forces: bench.take(out, places.length), z };
}

const norm = (numbers: ArrayLike<number>) =>
  Math.sqrt(Array.from(numbers).reduce((sum, x) => sum + x * x, 0));

/** Relative errors of all forces together, and of Z. */
function errorsOf(places: Float32Array, theta: number | 'exact') {
  const expected = naiveRepulsion(places);
  const actual = repel(places, theta);
  const difference = Array.from(actual.forces, (force, i) => force - expected.forces[i]!);
  return {
    forces: norm(difference) / Math.max(norm(expected.forces), 1e-30),
    z: Math.abs(actual.z - expected.z) / Math.max(expected.z, 1e-30),
  };
}

describe.each([['exact'], [0]] as const)('the repulsion, %s', (theta) => {
  it.each(COUNTS)('is the sum over all pairs of %d points', (count) => {
    for (const scale of [1e-4, 1, 100]) {
      const { forces, z } = errorsOf(clouds(count, { scale }), theta);
      expect(forces).toBeLessThan(2e-6);
      expect(z).toBeLessThan(1e-6);
    }
  });

  it('keeps the q of points far apart, however little it is beside the 1 of a point with itself', () => {
    const far = Float32Array.of(0, 0, 3000, 4000);
    expect(errorsOf(far, theta).z).toBeLessThan(1e-6);
  });
});

describe('the repulsion by cells', () => {
  // Measured: 0.35 % and 0.007 % at 0.5, four times and six times as much by centres alone.
  it.each([
    [0.2, 5e-4, 2e-5],
    [0.5, 6e-3, 2e-4],
    [0.8, 3e-2, 1e-3],
  ])('at theta %d is within its error of all pairs', (theta, forces, z) => {
    for (const [count, centres] of [
      [500, 10],
      [2000, 1],
      [2000, 30],
    ] as const) {
      const errors = errorsOf(clouds(count, { centres, scale: 20 }), theta);
      expect(errors.forces).toBeLessThan(forces);
      expect(errors.z).toBeLessThan(z);
    }
  });

  it('gives the same bits again, whatever the scratch held', () => {
    const places = clouds(777);
    expect(repel(places, 0.5)).toEqual(repel(places, 0.5));
  });

  it.each([17, 100, 3000])('takes %d points at one place as that many', (count) => {
    const { forces, z } = repel(new Float32Array(2 * count).fill(0.3), 0.5);
    expect(forces.every((force) => force === 0)).toBe(true);
    expect(z).toBeCloseTo(count * (count - 1), 3);
  });

  it('is right beside duplicates, on lines, and with a point far away', () => {
    const twins = clouds(400);
    twins.copyWithin(0, 400); // each of the first 200 is at the place of another
    const crowd = clouds(400);
    for (let i = 0; i < 100; i++) crowd.set(crowd.subarray(0, 2), 2 * i);
    const line = clouds(400).map((x, at) => (at % 2 ? 2 : x));
    const outlier = clouds(400);
    outlier.set([1e6, -1e6], 20);
    for (const places of [twins, crowd, line, outlier]) {
      // Points of a line spread one way only, not alike in all directions: 1.3 %.
      expect(errorsOf(places, 0.5).forces).toBeLessThan(places === line ? 2e-2 : 6e-3);
      expect(errorsOf(places, 0.5).z).toBeLessThan(places === line ? 1e-2 : 2e-4);
      expect(errorsOf(places, 0).forces).toBeLessThan(2e-6);
    }
  });

  it('ends where places are no numbers, or beyond all range', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 3e38]) {
      const places = clouds(100);
      places[7] = bad;
      repel(places, 0.5);
    }
  });
});

describe('arrange', () => {
  const arrange = (places: Float32Array) => {
    const count = places.length / 2;
    const out = bench.room(4 * count);
    bench.tsne.arrange(bench.put(places), count, out, bench.room(bench.tsne.repulsionScratch(count)));
    return [...new Uint32Array(bench.take(out, count).buffer)];
  };

  it('takes quadrant after quadrant', () => {
    const corners = [2, 3, 0, 1].map((corner) => [corner % 2, corner >> 1]);
    expect(arrange(Float32Array.from(corners.flat()))).toEqual([2, 3, 0, 1]);
  });

  it.each(COUNTS)('has each of %d points once, equal places in their order', (count) => {
    expect(arrange(clouds(count)).sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
    expect(arrange(new Float32Array(2 * count))).toEqual([...Array(count).keys()]);
  });
});

describe('the repulsion in shares', () => {
  it.each([
    ['clouds', clouds(3000)],
    ['one line', Float32Array.from({ length: 4000 }, (_, i) => (i % 2 ? 0 : i))],
    ['many at one place', Float32Array.from({ length: 4000 }, (_, i) => (i < 2000 ? 0.5 : (i * i) % 977))],
    ['few', clouds(20)],
  ])('has the bits of the whole, whoever does which: %s', (_, places) => {
    const whole = repel(places, 0.5);
    const count = places.length / 2;
    const { tsne } = bench;
    const [from, out] = [bench.put(places), bench.room(4 * places.length)];
    const [scratch, own] = [bench.room(tsne.repulsionScratch(count)), bench.room(tsne.joiningScratch(count))];
    for (const most of [1, 100, 5000]) {
      tsne.plant(from, count, 0.5, scratch);
      const shares = tsne.cutTree(most);
      expect(shares).toBeGreaterThan(most < 1000 && count > 1000 ? 4 : 0);
      tsne.joinRepulsion(count, 0.5, scratch, own);
      for (let share = shares - 1; share >= 0; share--) tsne.repelShare(share, out);
      expect(tsne.normalization(count)).toBe(whole.z);
      expect(bench.take(out, 2 * count)).toEqual(whole.forces);
    }
    bench.take(scratch, tsne.repulsionScratch(count) / 4); // nothing beyond it is written
    bench.take(own, tsne.joiningScratch(count) / 4);
  });
});
