import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { factorValues } from '../factor-values.ts';
import { DIGIT_STYLES } from './digit-styles.ts';
import { DIGIT_FACTORS } from './draw-factors.ts';
import { generateDigits } from './generate-digits.ts';

const sha256 = (...arrays: readonly (Uint8Array | Float32Array)[]) => {
  const hash = createHash('sha256');
  for (const array of arrays) hash.update(array);
  return hash.digest('hex');
};

describe('generateDigits', () => {
  it('gives the same bits for ever: the first 1000 images, labels and factors of seed 0', () => {
    const { images, labels, factors } = generateDigits({ count: 1000 });
    expect(sha256(images)).toBe('c2f0dd0cf48f7eab0e118e3e20b64e73f017cc058e151ed5abe90f08d3e98b32');
    expect(sha256(labels)).toBe('ccfba17cdf34396fb98d53bef1fc107e3370e04c031f6c4f6088c39475a9d412');
    expect(sha256(...DIGIT_FACTORS.map((name) => factorValues(factors, name)))).toBe(
      '9f9ecc844704024579787cb7e9be78c3afaf870412dce2301640e81faeb135d6',
    );
  });

  it('makes an image from its seed and index alone', () => {
    const all = generateDigits({ count: 40, seed: 7 });
    const some = generateDigits({ count: 5, seed: 7, firstIndex: 33 });
    expect(some.images).toEqual(all.images.slice(33 * 784, 38 * 784));
    expect(some.labels).toEqual(all.labels.slice(33, 38));
    const rows = (from: number, to: number) => all.factors.values.slice(from * 12, to * 12);
    expect(some.factors.values).toEqual(rows(33, 38));
  });

  it('draws other images from another seed', () => {
    expect(generateDigits({ count: 10, seed: 1 }).images).not.toEqual(
      generateDigits({ count: 10, seed: 2 }).images,
    );
  });

  it('says the shape, and gives each image a label and every factor', () => {
    const { shape, count, images, labels, factors } = generateDigits({ count: 20, seed: 1 });
    expect(shape).toEqual({ height: 28, width: 28, channels: 1 });
    expect([count, images.length, labels.length]).toEqual([20, 20 * 784, 20]);
    expect(factors.names).toEqual([...DIGIT_FACTORS]);
    expect(factors.sizes.slice(0, 3)).toEqual([10, 6, 0]);
    expect([...factorValues(factors, 'class')]).toEqual([...labels]);
    for (const [i, style] of factorValues(factors, 'style').entries())
      expect(DIGIT_STYLES[labels[i]!]![style]).toBeDefined();
  });

  it('gives nothing for a count of 0', () => {
    expect(generateDigits({ count: 0 }).images).toHaveLength(0);
  });

  it.each([
    [{ count: -1 }, 'generateDigits: count must be a whole number from 0, got -1'],
    [{ count: 1.5 }, 'generateDigits: count must be a whole number from 0, got 1.5'],
    [{ count: Number.NaN }, 'generateDigits: count must be a whole number from 0, got NaN'],
    [{ count: 1, firstIndex: -2 }, 'generateDigits: firstIndex must be a whole number from 0, got -2'],
    [
      { count: 2, firstIndex: 4294967295 },
      'generateDigits: expected firstIndex + count <= 2^32, got 4294967295 + 2',
    ],
    [{ count: 1, seed: -1 }, 'generateDigits: seed must be a whole number from 0 to 2^53 - 1, got -1'],
  ])('refuses %o', (options, message) => {
    expect(() => generateDigits(options)).toThrow(expect.objectContaining({ code: 'E_RANGE', message }));
  });
});
