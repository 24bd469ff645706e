import { describe, expect, it } from 'vitest';
import { shapePoints } from './shape-points.ts';

const NEUTRAL = { aspect: 1, waist: 0, taper: 0, slant: 0, rotation: 0 };
const shaped = (points: number[], change: Partial<typeof NEUTRAL>) => {
  shapePoints(points, { ...NEUTRAL, ...change });
  return points;
};
const expectPoints = (got: number[], expected: number[]) => {
  for (const [i, value] of expected.entries()) expect(got[i]).toBeCloseTo(value, 12);
};

describe('shapePoints', () => {
  it('only moves the centre to the origin when nothing is asked for', () => {
    expectPoints(shaped([0.3, 0.5, 0.5, 1], {}), [0, 0, 0.2, 0.5]);
  });

  it('leans the head to the right by slant per unit of height', () => {
    expectPoints(shaped([0.3, 0, 0.3, 1], { slant: 0.2 }), [0.1, -0.5, -0.1, 0.5]);
  });

  it('multiplies the width by aspect', () => {
    expectPoints(shaped([0.1, 0.5, 0.5, 0.5], { aspect: 1.5 }), [-0.3, 0, 0.3, 0]);
  });

  it('lowers the middle by waist, and leaves head and foot', () => {
    expectPoints(shaped([0.3, 0, 0.3, 0.5, 0.3, 1], { waist: 0.05 }), [0, -0.5, 0, 0.05, 0, 0.5]);
  });

  it('widens the foot and narrows the head by taper', () => {
    expectPoints(shaped([0.5, 0, 0.5, 1], { taper: 0.1 }), [0.2 * 0.9, -0.5, 0.2 * 1.1, 0.5]);
  });

  it('turns clockwise as seen: a quarter brings the head to the right', () => {
    expectPoints(shaped([0.3, 0], { rotation: Math.PI / 2 }), [0.5, 0]);
  });
});
