import { describe, expect, it } from 'vitest';
import { permutation } from './permutation.ts';
import { Stream } from './stream.ts';

const ADDRESS = { seed: 1, stream: Stream.shuffle };

describe('permutation', () => {
  it.each([0, 1, 2, 3, 17, 1000])('holds each of %i numbers once', (count) => {
    const sorted = permutation(count, ADDRESS).toSorted();
    expect([...sorted]).toEqual(Array.from({ length: count }, (_, i) => i));
  });

  it('refuses more things than 1 GiB of order, before it takes any, and numbers that are none', () => {
    expect(() => permutation(2 ** 40, ADDRESS)).toThrow(expect.objectContaining({ code: 'E_LIMIT' }));
    for (const count of [-1, 1.5, Number.NaN]) {
      expect(() => permutation(count, ADDRESS)).toThrow(expect.objectContaining({ code: 'E_RANGE' }));
    }
  });

  it('depends on the address and on nothing else', () => {
    expect(permutation(100, ADDRESS)).toEqual(permutation(100, ADDRESS));
    expect(permutation(100, ADDRESS)).not.toEqual(permutation(100, { ...ADDRESS, step: 1 }));
    expect(permutation(100, ADDRESS)).not.toEqual(permutation(100, { ...ADDRESS, seed: 2 }));
  });

  it('stays what it was when the seed was first used', () => {
    expect([...permutation(10, ADDRESS)]).toEqual([4, 5, 7, 8, 3, 6, 9, 2, 1, 0]);
  });

  it('gives the 6 orders of 3 things equally often', () => {
    const draws = 6000;
    const seen = new Map<string, number>();
    for (let step = 0; step < draws; step++) {
      const order = permutation(3, { ...ADDRESS, step }).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    const expected = draws / 6;
    const chiSquare = [...seen.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(seen.size).toBe(6);
    expect(chiSquare).toBeLessThan(20.5); // 99.9% quantile at 5 degrees of freedom
  });
});
