import { describe, expect, it } from 'vitest';
import { circlePath, isInside, selectWithin } from './lasso.ts';

const square = [0, 0, 4, 0, 4, 4, 0, 4];

describe('a lasso', () => {
  it('holds what lies within its path', () => {
    expect(isInside(square, 1, 3)).toBe(true);
    expect(isInside(square, 5, 3)).toBe(false);
    expect(isInside(square, 1, -0.1)).toBe(false);
  });

  it('holds nothing in the bay of a U', () => {
    const u = [0, 0, 6, 0, 6, 6, 4, 6, 4, 2, 2, 2, 2, 6, 0, 6];
    expect(isInside(u, 1, 5)).toBe(true);
    expect(isInside(u, 3, 5)).toBe(false);
    expect(isInside(u, 3, 1)).toBe(true);
  });

  it('does not hold what it goes around twice', () => {
    const inner = [1, 1, 3, 1, 3, 3, 1, 3];
    expect(isInside([...square, 0, 0, ...inner, 1, 1], 2, 2)).toBe(false);
    expect(isInside([...square, 0, 0, ...inner, 1, 1], 0.5, 2)).toBe(true);
  });

  it('of keys is a circle', () => {
    const circle = circlePath(10, 20, 2);
    expect(isInside(circle, 11.9, 20)).toBe(true);
    expect(isInside(circle, 10 + 1.5, 20 + 1.5)).toBe(false);
    // The area of a regular polygon of 64 corners: 32 r^2 sin(2 pi / 64).
    let area = 0;
    for (let i = 0; i < 128; i += 2) {
      const next = (i + 2) % 128;
      area += (circle[i]! * circle[next + 1]! - circle[next]! * circle[i + 1]!) / 2;
    }
    expect(area).toBeCloseTo(32 * 4 * Math.sin(Math.PI / 32), 9);
  });

  it('selects points by row, but not those that are not there', () => {
    const points = {
      places: Float32Array.of(1, 1, 9, 9, 2, 2, 3, 3, Number.NaN, 1),
      category: Uint8Array.of(0, 0, 0, 1, 0),
      state: Uint8Array.of(0, 0, 2, 0, 0),
      isolated: undefined,
    };
    const within = { has: (x: number, y: number) => isInside(square, x, y) };
    expect([...selectWithin(points, within)]).toEqual([1, 0, 0, 1, 0]);
    expect([...selectWithin({ ...points, isolated: 1 }, within)]).toEqual([0, 0, 0, 1, 0]);
  });
});
