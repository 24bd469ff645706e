import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSobol, directionsOf, scrambleDirections, sequenceOf } from './sobol.ts';

const scipy = JSON.parse(readFileSync(new URL('../../fixtures/sobol.json', import.meta.url), 'utf8'));
const WORD = 2 ** 32;

describe('a Sobol sequence', () => {
  it('has the points of SciPy in all of its 40 dimensions', () => {
    const { point } = sequenceOf(
      Array.from({ length: 40 }, (_, i) => ({ directions: directionsOf(i), shift: 0 })),
    );
    const points = scipy.indices.map((index: number) => point(index).map((x) => x * WORD));
    expect(points).toEqual(scipy.plain);
  });

  it('is scrambled by a matrix and a shift as SciPy scrambles it', () => {
    const { point } = sequenceOf(
      scipy.shifts.map((shift: number, i: number) => ({
        directions: scrambleDirections(directionsOf(i), Uint32Array.from(scipy.matrices[i])),
        shift,
      })),
    );
    const points = scipy.scrambled.map((_: unknown, index: number) => point(index).map((x) => x * WORD));
    expect(points).toEqual(scipy.scrambled);
  });

  it.each([1, 2, 3])(
    'of seed %d has one of 2^m points in each of 2^m equal parts of every dimension',
    (seed) => {
      const { point } = createSobol(40, { seed });
      const points = Array.from({ length: 64 }, (_, i) => point(128 + i));
      for (let d = 0; d < 40; d++) {
        expect(new Set(points.map((one) => Math.floor(one[d]! * 64))).size).toBe(64);
      }
    },
  );

  it.each([2, 5])('of %d dimensions fills them as evenly as those that SciPy scrambles', (dimensions) => {
    const ours = Array.from({ length: 20 }, (_, seed) => {
      const { point } = createSobol(dimensions, { seed });
      return centeredDiscrepancy(Array.from({ length: 64 }, (_, i) => point(i)));
    });
    const theirs: number[] = scipy.discrepancies[dimensions];
    expect(Math.max(...ours)).toBeLessThan(1.5 * Math.max(...theirs));
    expect(mean(ours)).toBeLessThan(1.15 * mean(theirs));
    expect(mean(ours)).toBeGreaterThan(mean(theirs) / 1.15);
  });

  it('is another of another seed, and the same of the same', () => {
    expect(createSobol(3, { seed: 1 }).point(5)).toEqual(createSobol(3, { seed: 1 }).point(5));
    expect(createSobol(3, { seed: 1 }).point(5)).not.toEqual(createSobol(3, { seed: 2 }).point(5));
  });

  it('refuses what it has not', () => {
    expect(() => createSobol(41, { seed: 1 })).toThrow(
      'createSobol: dimensions must be a whole number from 1 to 40, got 41',
    );
    expect(() => createSobol(2, { seed: -1 })).toThrow('seed');
    expect(() => createSobol(2, { seed: 1 }).point(-1)).toThrow('points from 0 to 2^32 - 1, got -1');
  });
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Hickernell's centred discrepancy, squared: what `scipy.stats.qmc.discrepancy` gives. */
function centeredDiscrepancy(points: readonly (readonly number[])[]): number {
  const [n, d] = [points.length, points[0]!.length];
  const off = (x: number) => Math.abs(x - 0.5);
  const product = (of: (k: number) => number) =>
    Array.from({ length: d }, (_, k) => of(k)).reduce((all, one) => all * one, 1);
  const single = points.map((x) => product((k) => 1 + off(x[k]!) / 2 - off(x[k]!) ** 2 / 2));
  const pairs = points.flatMap((x) =>
    points.map((y) => product((k) => 1 + (off(x[k]!) + off(y[k]!) - Math.abs(x[k]! - y[k]!)) / 2)),
  );
  const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
  return (13 / 12) ** d - (2 / n) * sum(single) + sum(pairs) / n ** 2;
}
