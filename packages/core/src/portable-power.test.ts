import { describe, expect, it } from 'vitest';
import { LatentkitError } from './error.ts';
import { portablePower } from './portable-power.ts';

describe('portablePower', () => {
  it.each([
    [2, 0, 1],
    [0, 0, 1],
    [0, 3, 0],
    [-2, 3, -8],
    [-2, 4, 16],
    [10, 22, 1e22],
    [2, 1023, 2 ** 1023],
    [2, 1024, Number.POSITIVE_INFINITY],
    [0.5, 1074, 5e-324],
  ])('of %d to the %i is exact: %d', (base, exponent, expected) => {
    expect(portablePower(base, exponent)).toBe(expected);
  });

  // Python: float(Fraction(base) ** exponent), exact but for the last rounding.
  it.each([
    [0.999, 1000, 0.36769542477096373],
    [0.9, 100, 2.6561398887587544e-5],
  ])('of %d to the %i is %d to 14 digits', (base, exponent, expected) => {
    expect(Math.abs(portablePower(base, exponent) / expected - 1)).toBeLessThan(1e-14);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses the exponent %d', (exponent) => {
    expect(() => portablePower(2, exponent)).toThrow(LatentkitError);
    expect(() => portablePower(2, exponent)).toThrow(`expected a whole exponent >= 0, got ${exponent}`);
  });
});
