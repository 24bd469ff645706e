import { describe, expect, it } from 'vitest';
import { splitImages } from './split-images.ts';

const shape = { height: 1, width: 1, channels: 1 };
const makeSet = (count: number) => ({
  shape,
  count,
  images: Uint8Array.from({ length: count }, (_, i) => i),
});

describe('splitImages', () => {
  it('puts every image into exactly one of the two, in the order of the set', () => {
    const { train, validation } = splitImages(makeSet(100), { validationFraction: 0.3 });
    expect([train.count, validation.count]).toEqual([70, 30]);
    expect([...train.images, ...validation.images].sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
    expect([...train.images]).toEqual([...train.images].sort((a, b) => a - b));
  });

  it('gives the same split for the same seed, and another for another', () => {
    expect(splitImages(makeSet(50), { seed: 1 })).toEqual(splitImages(makeSet(50), { seed: 1 }));
    expect(splitImages(makeSet(50), { seed: 1 })).not.toEqual(splitImages(makeSet(50), { seed: 2 }));
  });

  it('leaves at least one image on either side', () => {
    expect(splitImages(makeSet(2), { validationFraction: 0.01 }).validation.count).toBe(1);
    expect(splitImages(makeSet(2), { validationFraction: 0.99 }).train.count).toBe(1);
  });

  it('refuses fractions and sets that cannot be split', () => {
    for (const validationFraction of [0, 1, -0.1, Number.NaN]) {
      expect(() => splitImages(makeSet(10), { validationFraction })).toThrow('above 0 and below 1');
    }
    expect(() => splitImages(makeSet(1))).toThrow('2 or more images');
  });
});
