import { describe, expect, it } from 'vitest';
import { umapFixture } from '../testing/umap-fixture.ts';
import { fitCurve } from './fit-curve.ts';

describe('fitCurve', () => {
  it.each(umapFixture.curves)("finds SciPy's a and b for minDist $minDist, spread $spread", (curve) => {
    const { a, b } = fitCurve(curve.minDist, curve.spread);
    expect(a / curve.a).toBeCloseTo(1, 7);
    expect(b / curve.b).toBeCloseTo(1, 7);
  });

  it('has the a and b that umap-learn documents for its defaults', () => {
    expect(fitCurve(0.1, 1)).toEqual({ a: expect.closeTo(1.577, 3), b: expect.closeTo(0.8951, 4) });
  });

  it('is finite and positive at the ends of the ranges', () => {
    for (const spread of [1e-3, 1, 1e3]) {
      for (const share of [0, 1e-6, 0.5, 1]) {
        const { a, b } = fitCurve(share * spread, spread);
        expect(a).toBeGreaterThan(0);
        expect(b).toBeGreaterThan(0.5);
        expect(a * b).toBeLessThan(1e15);
      }
    }
  });
});
