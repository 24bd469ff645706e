import { expect, it } from 'vitest';
import { endsOf } from './ends-of.ts';

it('is so many of each end, which never meet', () => {
  const counted = (count: number) => {
    const { first, last } = endsOf(count, 8);
    return [first.count, last.from, last.count];
  };
  expect(counted(1000)).toEqual([8, 992, 8]);
  expect(counted(16)).toEqual([8, 8, 8]);
  expect(counted(15)).toEqual([8, 8, 7]);
  expect(counted(5)).toEqual([3, 3, 2]);
  expect(counted(1)).toEqual([1, 1, 0]);
});
