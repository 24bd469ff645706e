import { describe, expect, it } from 'vitest';
import { digitsDataset } from './digits-dataset.ts';
import { generateDigits } from './generate-digits.ts';

describe('digitsDataset', () => {
  it('has 10,000 training and 2,000 validation images, balanced, unless asked otherwise', () => {
    const { name, train, validation, classNames } = digitsDataset();
    expect([name, train.count, validation.count]).toEqual(['digits', 10_000, 2_000]);
    expect(classNames).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    for (let digit = 0; digit < 10; digit++) {
      expect(train.labels.filter((label) => label === digit)).toHaveLength(1000);
      expect(validation.labels.filter((label) => label === digit)).toHaveLength(200);
    }
  });

  it('trains on the images from index 0 on', () => {
    expect(digitsDataset({ train: 20, validation: 0, seed: 4 }).train).toEqual(
      generateDigits({ count: 20, seed: 4 }),
    );
  });

  it('keeps the validation images when the training set grows', () => {
    const small = digitsDataset({ train: 10, validation: 10 });
    const large = digitsDataset({ train: 30, validation: 10 });
    expect(large.validation).toEqual(small.validation);
  });

  it('shares no image between training and validation', () => {
    const { train, validation } = digitsDataset({ train: 1000, validation: 1000 });
    const keyOf = (images: Uint8Array, i: number) => images.subarray(i * 784, (i + 1) * 784).join();
    const keys = new Set(Array.from({ length: 1000 }, (_, i) => keyOf(train.images, i)));
    expect(keys.size).toBe(1000);
    for (let i = 0; i < 1000; i++) expect(keys.has(keyOf(validation.images, i))).toBe(false);
  });

  it.each([-1, 0.5, Number.NaN])('refuses %d images', (train) => {
    expect(() => digitsDataset({ train })).toThrow(expect.objectContaining({ code: 'E_RANGE' }));
  });
});
