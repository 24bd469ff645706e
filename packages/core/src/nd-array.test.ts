import { describe, expect, it } from 'vitest';
import { sizeOfShape } from './nd-array.ts';

describe('sizeOfShape', () => {
  it.each([
    [[], 1],
    [[0], 0],
    [[5], 5],
    [[3, 0, 7], 0],
    [[2, 3, 5, 7], 210],
  ])('of %j is %i', (shape, expected) => {
    expect(sizeOfShape(shape)).toBe(expected);
  });
});
