import { expect, it } from 'vitest';
import { fewerImages } from './fewer-images.ts';

const shape = { height: 1, width: 1, channels: 1 };
const setOf = (...labels: number[]) => ({
  ...{ shape, count: labels.length, images: Uint8Array.from(labels.keys()) },
  labels: Uint8Array.from(labels),
});

it('takes of each class its share where one stands after the other', () => {
  const { labels, images } = fewerImages(setOf(0, 0, 0, 0, 1, 1, 1, 1, 2, 2), 5);
  expect([...labels!]).toEqual([0, 0, 1, 1, 2]);
  expect([...images]).toEqual([...images].sort((a, b) => a - b)); // in their order
});

it('takes the first ones of mixed classes, of one class, and of none', () => {
  expect([...fewerImages(setOf(0, 1, 0, 2), 2).images]).toEqual([0, 1]);
  expect([...fewerImages(setOf(3, 3, 3), 2).images]).toEqual([0, 1]);
  const { labels: _, ...none } = setOf(0, 0, 1, 1);
  expect([...fewerImages(none, 2).images]).toEqual([0, 1]);
});

it('gives all of a smaller set as it is, and refuses what is no count', () => {
  const set = setOf(0, 1);
  expect(fewerImages(set, 2)).toBe(set);
  expect(() => fewerImages(set, 0)).toThrow('limitImages: expected a whole number of images >= 1');
});
