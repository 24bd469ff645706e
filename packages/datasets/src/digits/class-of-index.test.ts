import { describe, expect, it } from 'vitest';
import { classOfIndex } from './class-of-index.ts';

const classes = (seed: number, first: number) =>
  Array.from({ length: 10 }, (_, i) => classOfIndex(seed, first + i));

describe('classOfIndex', () => {
  it.each([0, 10, 990, 4294967280])('holds every class once in the ten from %d', (first) => {
    expect(classes(0, first).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('has another order for other tens and other seeds', () => {
    expect(classes(0, 0)).not.toEqual(classes(0, 10));
    expect(classes(0, 0)).not.toEqual(classes(1, 0));
  });
});
