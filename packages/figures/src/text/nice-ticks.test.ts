import { expect, test } from 'vitest';
import { niceTicks } from './nice-ticks.ts';

test('steps are 1, 2 or 5 times a power of ten, printed without rounding noise', () => {
  expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(niceTicks(-3, 3, 6)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
  expect(niceTicks(0, 3e-9, 3)).toEqual([0, 1e-9, 2e-9, 3e-9]);
  expect(niceTicks(1e12, 3e12, 4)).toEqual([1e12, 1.5e12, 2e12, 2.5e12, 3e12]);
});

test('whole steps where they are asked for', () => expect(niceTicks(1, 3, 8, true)).toEqual([1, 2, 3]));

test('an empty range has one tick', () => expect(niceTicks(4, 4, 5)).toEqual([4]));
