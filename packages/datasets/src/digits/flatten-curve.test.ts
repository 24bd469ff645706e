import { describe, expect, it } from 'vitest';
import { flattenCurve } from './flatten-curve.ts';

const hasPoint = (points: number[], x: number, y: number) =>
  points.some(
    (value, i) => i % 2 === 0 && Math.abs(value - x) < 1e-12 && Math.abs(points[i + 1]! - y) < 1e-12,
  );

describe('flattenCurve', () => {
  it('passes through every place', () => {
    const places = [0, 0, 0.3, 0.4, 0.1, 0.8, 0.6, 1];
    const points = flattenCurve(places);
    for (let i = 0; i < places.length; i += 2)
      expect(hasPoint(points, places[i]!, places[i + 1]!)).toBe(true);
  });

  it('keeps a straight line straight', () => {
    const points = flattenCurve([0, 0, 0.5, 1, 1, 2]);
    for (let i = 0; i < points.length; i += 2) expect(points[i + 1]).toBeCloseTo(2 * points[i]!, 12);
  });

  it('is (-p0 + 9 p1 + 9 p2 - p3) / 16 half way between two places', () => {
    const points = flattenCurve([0, 0, 0.1, 0.3, 0.2, 0.2, 0.5, 0.1]); // 2 segments a span: chords below 1 / 7
    const x = (-0 + 9 * 0.1 + 9 * 0.2 - 0.5) / 16;
    const y = (-0 + 9 * 0.3 + 9 * 0.2 - 0.1) / 16;
    expect(hasPoint(points, x, y)).toBe(true);
  });

  it('does not round a corner: a place written twice', () => {
    const points = flattenCurve([0, 0, 0.5, 0, 1, 0, 1, 0, 1, 0.5, 1, 1]);
    for (let i = 0; i < points.length; i += 2) {
      expect(Math.min(Math.abs(points[i + 1]!), Math.abs(points[i]! - 1))).toBeLessThan(1e-12);
    }
  });

  it.each([0.01, 0.1, 0.5, 1, 2])(
    'cuts a span of %d heights into segments of at most 1/14, two at least',
    (length) => {
      const points = flattenCurve([0, 0, 0, length]);
      const segments = points.length / 2 - 1;
      expect(segments).toBe(Math.max(2, Math.ceil(14 * length)));
    },
  );
});
