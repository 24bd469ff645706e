import { expect, test } from 'vitest';
import { movingAverage } from './moving-average.ts';

test('each value is the mean of the last of the window', () => {
  expect(movingAverage([4, 2, 6, 10], 2)).toEqual([4, 3, 4, 8]);
  expect(movingAverage([4, 2, 6], 1)).toEqual([4, 2, 6]);
});

test('NaN stays NaN and does not spread', () => {
  expect(movingAverage([4, Number.NaN, 6], 3)).toEqual([4, Number.NaN, 5]);
});
