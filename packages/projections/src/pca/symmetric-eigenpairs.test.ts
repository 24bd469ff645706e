import { expect, it } from 'vitest';
import { symmetricEigenpairs } from './symmetric-eigenpairs.ts';

it('gives the pairs of a matrix that are known, the largest first, and leaves it as it was', () => {
  const matrix = [2, 1, 0, 1, 2, 0, 0, 0, -5];
  const { values, vectors } = symmetricEigenpairs(matrix, 3);
  expect([...values]).toEqual([expect.closeTo(3, 12), expect.closeTo(1, 12), expect.closeTo(-5, 12)]);
  expect(Math.abs(vectors[0]![0]!)).toBeCloseTo(Math.SQRT1_2, 12);
  expect(vectors[0]![0]).toBeCloseTo(vectors[0]![1]!, 12);
  expect(matrix).toEqual([2, 1, 0, 1, 2, 0, 0, 0, -5]);
});

it('says what it cannot take', () => {
  expect(() => symmetricEigenpairs([1, 2], 2)).toThrow('expected 2 x 2 numbers, got 2');
  expect(() => symmetricEigenpairs([Number.NaN], 1)).toThrow('number 0 is NaN');
});
