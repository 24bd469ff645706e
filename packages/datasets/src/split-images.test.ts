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

  it('gives each class its share where there are labels, whatever their order', () => {
    const labels = Uint8Array.from({ length: 100 }, (_, i) => (i < 60 ? 0 : i < 90 ? 1 : 2)); // class folders
    const count = (set: { labels?: ArrayLike<number> }) =>
      [0, 1, 2].map((label) => Array.from(set.labels!).filter((one) => one === label).length);
    const { train, validation } = splitImages({ ...makeSet(100), labels }, { validationFraction: 0.2 });
    expect(count(validation)).toEqual([12, 6, 2]);
    expect(count(train)).toEqual([48, 24, 8]);
    expect([...train.images]).toEqual([...train.images].toSorted((a, b) => a - b));
    const other = splitImages({ ...makeSet(100), labels }, { validationFraction: 0.2, seed: 1 });
    expect(count(other.validation)).toEqual([12, 6, 2]);
    expect(other.validation.images).not.toEqual(validation.images);
  });

  it('rounds shares by their remainders, and never the same classes out where those are equal', () => {
    // 7 of 30: shares 4.67, 1.63, 0.7; so 4 + 1 + 0, and one more for the first and the last.
    const labels = Uint8Array.from({ length: 30 }, (_, i) => (i < 20 ? 0 : i < 27 ? 1 : 2));
    const { validation } = splitImages({ ...makeSet(30), labels }, { validationCount: 7 });
    expect([...validation.labels!]).toEqual([0, 0, 0, 0, 0, 1, 2]);
    const each = Uint8Array.from({ length: 30 }, (_, i) => i);
    const chosen = [0, 1, 2, 3].map((seed) => {
      return [
        ...splitImages({ ...makeSet(30), labels: each }, { validationCount: 3, seed }).validation.labels!,
      ];
    });
    expect(new Set(chosen.flat()).size).toBeGreaterThan(6);
  });

  it('takes a number of images in place of a share', () => {
    expect(splitImages(makeSet(10), { validationCount: 4 }).validation.count).toBe(4);
    for (const validationCount of [0, 10, 2.5]) {
      expect(() => splitImages(makeSet(10), { validationCount })).toThrow(
        `expected 1 to 9 of the 10 images to judge by, got ${validationCount}`,
      );
    }
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
