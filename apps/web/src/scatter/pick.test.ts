import { describe, expect, it } from 'vitest';
import { nearestRows, pickNearest } from './pick.ts';

const points = {
  places: Float32Array.of(0, 0, 1, 0, 0, 2, 1, 0, Number.NaN, 0, 5, 5),
  category: Uint8Array.of(0, 1, 0, 1, 0, 2),
  state: Uint8Array.of(0, 0, 0, 0, 0, 2),
  isolated: undefined,
};

describe('picking', () => {
  it('finds the nearest point within a radius', () => {
    expect(pickNearest(points, 0.1, 0.1, 1)).toBe(0);
    expect(pickNearest(points, 0.1, 1.2, 1)).toBe(2);
    expect(pickNearest(points, 0.1, 1.2, 0.5)).toBeUndefined();
  });

  it('takes the one on top of those that lie on one another', () => {
    expect(pickNearest(points, 1, 0, 0.1)).toBe(3);
  });

  it('passes over hidden points and those of a class that is not shown', () => {
    expect(pickNearest(points, 5, 5, 1)).toBeUndefined();
    expect(pickNearest({ ...points, isolated: 1 }, 0, 0, 2)).toBe(3);
  });

  it('gives the nearest in their order', () => {
    expect(nearestRows(points, 0, 0.4, 3)).toEqual([0, 1, 3]);
    expect(nearestRows(points, 0, 0.4, 9)).toEqual([0, 1, 3, 2]);
    expect(nearestRows({ ...points, isolated: 0 }, 0, 1.5, 2)).toEqual([2, 0]);
  });

  it('is that of sorting all', () => {
    // A lattice without order: multiples of irrational numbers.
    const places = Float32Array.from(
      { length: 2000 },
      (_, i) => (i * (i % 2 ? Math.SQRT2 : Math.sqrt(3))) % 1,
    );
    const some = { places, category: new Uint8Array(1000), state: new Uint8Array(1000), isolated: undefined };
    const away = (row: number) => Math.hypot(places[2 * row]! - 0.5, places[2 * row + 1]! - 0.5);
    const sorted = Array.from({ length: 1000 }, (_, row) => row).sort((a, b) => away(a) - away(b));
    expect(nearestRows(some, 0.5, 0.5, 40)).toEqual(sorted.slice(0, 40));
    expect(pickNearest(some, 0.5, 0.5, 1)).toBe(sorted[0]);
  });
});
