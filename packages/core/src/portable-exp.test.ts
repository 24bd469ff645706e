import { describe, expect, it } from 'vitest';
import { portableExp } from './portable-exp.ts';
import { ulpDistance } from './testing/ulp-distance.ts';

describe('portableExp', () => {
  it('is within 2 units in the last place of Math.exp, from the smallest result to the largest', () => {
    let worst = 0;
    for (let i = 0; i < 100_000; i++) {
      const x = -745.1 + i * (1454.8 / 100_000);
      worst = Math.max(worst, ulpDistance(portableExp(x), Math.exp(x)));
    }
    expect(worst).toBeLessThanOrEqual(2);
  });

  it.each([
    [0, 1],
    [-0, 1],
    [5e-324, 1],
    [1, Math.E],
    [709.782712893384, 1.7976931348622732e308],
    [709.7827128933841, Number.POSITIVE_INFINITY],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [-745.2, 0],
    [Number.NEGATIVE_INFINITY, 0],
    [Number.NaN, Number.NaN],
  ])('of %d is %d', (x, expected) => {
    if (Number.isFinite(expected)) expect(ulpDistance(portableExp(x), expected)).toBeLessThanOrEqual(2);
    else expect(portableExp(x)).toBe(expected);
  });
});
