import { expect, it } from 'vitest';
import { oneOfEachClass } from './one-of-each-class.ts';

const of = (...labels: number[]) => ({ count: labels.length, labels: Uint16Array.from(labels) });

it('takes the first of each class by class, then the second, until there are enough', () => {
  expect(oneOfEachClass(of(2, 2, 2, 0, 0, 700, 2), 4)).toEqual([3, 0, 5, 4]);
  expect(oneOfEachClass(of(2, 2, 2, 0, 0, 700, 2), 100)).toEqual([3, 0, 5, 4, 1, 2, 6]);
  expect(oneOfEachClass(of(3, 1, 2), 2)).toEqual([1, 2]);
});

it('takes the first ones where there are no labels', () => {
  expect(oneOfEachClass({ count: 3 }, 2)).toEqual([0, 1]);
  expect(oneOfEachClass({ count: 3 }, 12)).toEqual([0, 1, 2]);
});
