import { describe, expect, it } from 'vitest';
import { portableLog } from './portable-log.ts';
import { ulpDistance } from './testing/ulp-distance.ts';

describe('portableLog', () => {
  it('is within 2 units in the last place of Math.log over all exponents, subnormal numbers included', () => {
    let worst = 0;
    for (let i = 0; i < 100_000; i++) {
      const t = i / 100_000;
      const x = 2 ** (-1074 + t * 2097) * (1 + t);
      worst = Math.max(worst, ulpDistance(portableLog(x), Math.log(x)));
    }
    expect(worst).toBeLessThanOrEqual(2);
  });

  it('is within 2 units in the last place of Math.log around 1, where digits cancel', () => {
    let worst = 0;
    for (let i = 1; i < 50_000; i++) {
      const step = 2 ** (-53 + i / 1000);
      worst = Math.max(worst, ulpDistance(portableLog(1 + step), Math.log(1 + step)));
      worst = Math.max(worst, ulpDistance(portableLog(1 - step), Math.log(1 - step)));
    }
    expect(worst).toBeLessThanOrEqual(2);
  });

  it.each([
    [1, 0],
    [0, Number.NEGATIVE_INFINITY],
    [-0, Number.NEGATIVE_INFINITY],
    [-1, Number.NaN],
    [Number.NEGATIVE_INFINITY, Number.NaN],
    [Number.NaN, Number.NaN],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [5e-324, -744.4400719213812],
    [2.2250738585072014e-308, -708.3964185322641],
    [Number.MAX_VALUE, 709.782712893384],
  ])('of %d is %d', (x, expected) => {
    expect(portableLog(x)).toBe(expected);
  });
});
