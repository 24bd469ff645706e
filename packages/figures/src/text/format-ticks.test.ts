import { expect, test } from 'vitest';
import { formatAlike, formatTicks } from './format-ticks.ts';

test('neighbours are told apart', () => {
  expect(formatTicks([1000.25, 1000.3])).toEqual(['1000.25', '1000.30']);
  expect(formatTicks([0, 0.5, 1])).toEqual(['0', '0.5', '1.0']);
});

test('the same tick twice ends', () => expect(formatTicks([1, 1])).toEqual(['1', '1']));

test.each([
  [
    [104, 102.4],
    ['104.0', '102.4'],
  ],
  [
    [8.25, 112.06],
    ['8.3', '112.1'],
  ],
  [
    [104, 98],
    ['104', '98'],
  ],
  [
    [-0.5, 0],
    ['−0.5', '0.0'],
  ],
  [
    [25_000, 104],
    ['25k', '104'],
  ],
  [[], []],
])('%j beside each other have the same decimals', (values, expected) => {
  expect(formatAlike(values)).toEqual(expected);
});
