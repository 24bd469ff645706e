import { expect, test } from 'vitest';
import { percentiles } from './statistics.ts';

test('percentiles of 1 to 11 are the second, the sixth and the tenth, in whatever order they come', () => {
  const shuffled = [7, 3, 11, 1, 9, 5, 2, 10, 4, 8, 6];
  expect(percentiles(shuffled)).toEqual({ p10: 2, median: 6, p90: 10 });
});

test('percentiles between two numbers are interpolated', () => {
  const { p10, median, p90 } = percentiles([10, 20]);
  expect([p10, median, p90]).toEqual([11, 15, 19]);
});

test('percentiles of one number are that number', () => {
  expect(percentiles([4])).toEqual({ p10: 4, median: 4, p90: 4 });
});

test('percentiles of nothing are no numbers', () => {
  expect(percentiles([]).median).toBeNaN();
});
