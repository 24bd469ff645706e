import { expect, it } from 'vitest';
import { digitsDataset } from './digits/index.ts';
import { holdOut } from './hold-out.ts';

const dataset = digitsDataset({ train: 100, validation: 20 });

it('takes training images of each class to choose the epoch by, and leaves the others for testing', () => {
  const { train, validation, test, classNames } = holdOut(dataset, 30);
  expect([train.count, validation.count]).toEqual([70, 30]);
  expect(test).toBe(dataset.validation);
  expect(classNames).toEqual(dataset.classNames);
  const counts = Array.from(
    { length: 10 },
    (_, i) => validation.labels!.filter((label) => label === i).length,
  );
  expect(counts).toEqual(Array(10).fill(3));
});

it('keeps a test set that there is', () => {
  const test = digitsDataset({ train: 10, validation: 5 }).train;
  expect(holdOut({ ...dataset, test }, 30).test).toBe(test);
});

it('is the same for the same seed, and another for another', () => {
  const held = (seed?: number) => holdOut(dataset, 30, { seed }).validation.images;
  expect(held(0)).toEqual(held());
  expect(held(1)).not.toEqual(held(0));
});

it('leaves some to learn from', () => {
  expect(() => holdOut(dataset, 100)).toThrow('expected 1 to 99 of the 100 images to judge by, got 100');
});
