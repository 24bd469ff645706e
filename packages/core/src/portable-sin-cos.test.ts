import { describe, expect, it } from 'vitest';
import { portableCos, portableSin } from './portable-sin-cos.ts';
import { ulpDistance } from './testing/ulp-distance.ts';

const PAIRS = [
  ['portableSin', portableSin, Math.sin],
  ['portableCos', portableCos, Math.cos],
] as const;

describe.each(PAIRS)('%s', (_name, portable, native) => {
  it.each([0.01, 1, 50, 1e4, 1e6])('is within 2.3e-16 of Math up to %d radians', (limit) => {
    let worst = 0;
    for (let i = 0; i <= 50_000; i++) {
      const x = (i / 25_000 - 1) * limit;
      worst = Math.max(worst, Math.abs(portable(x) - native(x)));
    }
    expect(worst).toBeLessThan(2.3e-16);
  });

  it('is within 2 units in the last place of Math where the result is not near 0', () => {
    let worst = 0;
    for (let i = 0; i <= 100_000; i++) {
      const x = (i / 50_000 - 1) * Math.PI;
      if (Math.abs(native(x)) > 0.01) worst = Math.max(worst, ulpDistance(portable(x), native(x)));
    }
    expect(worst).toBeLessThanOrEqual(2);
  });

  it.each([1_000_001, -1_000_001, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d radians', (x) => {
    expect(() => portable(x)).toThrow(`expected |x| <= 1000000 radians, got ${x}`);
  });
});

describe('portableSin', () => {
  it('keeps the sign of zero and is exact for tiny angles', () => {
    expect(portableSin(0)).toBe(0);
    expect(portableSin(-0)).toBe(-0);
    expect(portableSin(1e-10)).toBe(1e-10);
  });

  it('is 1, 0 and -1 at the quarter turns', () => {
    expect(portableSin(Math.PI / 2)).toBe(1);
    expect(portableSin(Math.PI)).toBeCloseTo(0, 15);
    expect(portableSin(-Math.PI / 2)).toBe(-1);
  });
});

describe('portableCos', () => {
  it('is 1, 0 and -1 at the quarter turns', () => {
    expect(portableCos(0)).toBe(1);
    expect(portableCos(Math.PI / 2)).toBeCloseTo(0, 15);
    expect(portableCos(Math.PI)).toBe(-1);
  });
});
