import { describe, expect, it } from 'vitest';
import { normalRows } from './normal-rows.ts';
import { createRandom } from './random.ts';
import { Stream } from './stream.ts';

const ADDRESS = { seed: 7, stream: Stream.latentNoise, step: 3 };

describe('normalRows', () => {
  it.each([1, 3, 5, 17])('gives the same rows wherever the batch is cut (%i columns)', (columns) => {
    const whole = normalRows(17, columns, ADDRESS);
    for (const cut of [0, 1, 4, 16, 17]) {
      const parts = [
        ...normalRows(cut, columns, { ...ADDRESS, index: 0 }),
        ...normalRows(17 - cut, columns, { ...ADDRESS, index: cut }),
      ];
      expect(parts).toEqual([...whole]);
    }
  });

  it('draws row i from index i', () => {
    const random = createRandom({ ...ADDRESS, index: 12 });
    const expected = Float32Array.from({ length: 3 }, () => random.normal());
    expect(normalRows(5, 3, { ...ADDRESS, index: 10 }).subarray(6, 9)).toEqual(expected);
  });

  it('gives other numbers at another step', () => {
    expect(normalRows(1, 4, ADDRESS)).not.toEqual(normalRows(1, 4, { ...ADDRESS, step: 4 }));
  });

  it('has the moments of independent standard normal numbers', () => {
    const count = 50_000;
    const draws = normalRows(count, 2, ADDRESS);
    const mean = [0, 0];
    const square = [0, 0];
    let product = 0;
    for (let row = 0; row < count; row++) {
      const [a, b] = [draws[2 * row]!, draws[2 * row + 1]!];
      mean[0]! += a / count;
      mean[1]! += b / count;
      square[0]! += a ** 2 / count;
      square[1]! += b ** 2 / count;
      product += (a * b) / count;
    }
    const sigma = 1 / Math.sqrt(count); // of a mean; sqrt(2) as much for a mean of squares
    for (const column of [0, 1]) {
      expect(Math.abs(mean[column]!)).toBeLessThan(4 * sigma);
      expect(Math.abs(square[column]! - 1)).toBeLessThan(4 * Math.SQRT2 * sigma);
    }
    expect(Math.abs(product)).toBeLessThan(4 * sigma);
  });

  it.each([
    [0, 4],
    [4, 0],
  ])('is empty for %i rows of %i columns', (rows, columns) => {
    expect(normalRows(rows, columns, ADDRESS)).toHaveLength(0);
  });
});
