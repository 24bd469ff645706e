import { describe, expect, it } from 'vitest';
import { Stream } from './stream.ts';

describe('Stream', () => {
  it('gives every purpose a number of its own', () => {
    const numbers = Object.values(Stream);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('keeps the numbers that runs on disk were drawn with', () => {
    expect(Stream).toMatchObject({
      weights: 0,
      shuffle: 1,
      latentNoise: 2,
      validationNoise: 3,
      split: 4,
      binarize: 5,
      digits: 6,
      sample: 7,
      figure: 8,
    });
  });
});
