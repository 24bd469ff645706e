import { expect, it } from 'vitest';
import { digitsDataset } from './digits/index.ts';
import { limitDataset } from './limit-dataset.ts';
import { digits } from './sets/digits.ts';

const dataset = digitsDataset({ train: 40, validation: 10 });

it.each([
  [1, 1], // never none to judge by
  [39, 10],
  [12, 3],
])('%i of 40 training images keep %i of 10 others', (limit, others) => {
  const { train, validation } = limitDataset(dataset, limit);
  expect([train.count, validation.count]).toEqual([limit, others]);
  expect(train.images).toEqual(dataset.train.images.subarray(0, limit * 784));
  expect(validation.images).toEqual(dataset.validation.images.subarray(0, others * 784));
});

it('gives a smaller dataset as it is', () => {
  expect(limitDataset(dataset, 40)).toBe(dataset);
  expect(limitDataset(dataset, undefined)).toBe(dataset);
});

it('keeps one set one, where the test set is what an epoch is chosen by', () => {
  const { validation } = dataset;
  const { validation: judges, test } = limitDataset({ ...dataset, test: validation }, 8);
  expect(test).toBe(judges);
});

it('the digits draw no more than is wanted: the same as the first of all', async () => {
  const few = await digits.load({}, 100);
  expect([few.train.count, few.validation.count]).toEqual([100, 20]);
  expect(few.train.images.subarray(0, 40 * 784)).toEqual(dataset.train.images);
  expect(few.validation.images.subarray(0, 10 * 784)).toEqual(dataset.validation.images);
});
