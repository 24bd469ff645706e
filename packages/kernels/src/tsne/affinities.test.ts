import { afterEach, describe, expect, it } from 'vitest';
import { randomNumbers } from '../testing/random-numbers.ts';
import { createTsneBench } from '../testing/tsne-bench.ts';

const bench = await createTsneBench();
afterEach(() => bench.clear());

function affinities(distances: Float32Array, k: number, perplexity: number): Float32Array {
  const count = distances.length / k;
  const out = bench.room(4 * count * k);
  bench.tsne.affinities(
    bench.put(distances),
    ...([count, k, Math.log(perplexity), out, bench.room(4 * (k + 3))] as const),
  );
  return bench.take(out, count * k);
}

/** Ascending distances. */
const someDistances = (k: number, index = 0) => randomNumbers(k, index).map(Math.abs).sort();

const perplexityOf = (p: Float32Array) =>
  Math.exp(p.reduce((entropy, x) => (x > 0 ? entropy - x * Math.log(x) : entropy), 0));

describe('affinities', () => {
  it.each([4, 5, 7, 17, 90])('of %d neighbours have the perplexity, and a sum of 1', (k) => {
    for (const perplexity of [1.5, 2, k / 3 + 1]) {
      for (let row = 0; row < 20; row++) {
        const p = affinities(someDistances(k, row), k, perplexity);
        expect(perplexityOf(p)).toBeCloseTo(perplexity, 3);
        expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
      }
    }
  });

  it('fall like a Gaussian: log p is linear in the squared distance', () => {
    const distances = someDistances(17);
    const p = affinities(distances, 17, 8);
    const beta = -Math.log(p[1]! / p[0]!) / (distances[1]! ** 2 - distances[0]! ** 2);
    p.forEach((value, j) => {
      const expected = p[0]! * Math.exp(-beta * (distances[j]! ** 2 - distances[0]! ** 2));
      expect(Math.abs(value - expected)).toBeLessThan(1e-5);
    });
  });

  it('of a row do not depend on the rows beside it', () => {
    const rows = [0, 1, 2].map((row) => someDistances(7, row));
    const together = affinities(Float32Array.from(rows.flatMap((row) => [...row])), 7, 3);
    rows.forEach((row, i) => {
      expect(affinities(row, 7, 3)).toEqual(together.slice(7 * i, 7 * i + 7));
    });
  });

  it.each([1e-30, 1e-4, 1, 1e4, 1e30])('do not depend on the unit of distances: %d', (unit) => {
    const p = affinities(someDistances(17), 17, 5);
    const others = affinities(
      someDistances(17).map((d) => d * unit),
      17,
      5,
    );
    others.forEach((value, j) => {
      expect(Math.abs(value - p[j]!)).toBeLessThan(2e-5);
    });
  });

  it('are even where distances are, near or far', () => {
    for (const distance of [0, 1e-20, 3, 1e20]) {
      const p = affinities(new Float32Array(9).fill(distance), 9, 3);
      p.forEach((value) => {
        expect(value).toBeCloseTo(1 / 9, 6);
      });
    }
  });

  it('are even among more nearest ones than the perplexity, and none of others', () => {
    const p = affinities(Float32Array.of(1, 1, 1, 1, 1, 2, 2, 3), 8, 3);
    expect([...p.subarray(0, 5)]).toEqual(Array(5).fill(Math.fround(0.2)));
    expect([...p.subarray(5)]).toEqual([0, 0, 0]);
  });

  it('of one, two or three neighbours are finite', () => {
    for (const k of [1, 2, 3]) {
      const p = affinities(someDistances(k), k, 1);
      expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    }
  });
});
