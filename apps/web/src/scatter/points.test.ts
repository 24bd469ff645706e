import { describe, expect, it } from 'vitest';
import {
  checkMask,
  checkPoints,
  findExtent,
  findMedians,
  findOrigin,
  NO_CATEGORY,
  sampleClasses,
  sampleRows,
  unite,
  writePlaces,
} from './points.ts';

const points = (n: number) => ({
  x: new Float32Array(n),
  y: new Float32Array(n),
  category: new Uint8Array(n),
  state: new Uint8Array(n),
});

const extentOf = (places: Float32Array, state: Uint8Array) => findExtent(places, state, sampleRows(state));

describe('points', () => {
  it('must all have as many values', () => {
    expect(() => checkPoints({ ...points(3), y: new Float32Array(2) }, 1)).toThrow('got 3 and 2');
    expect(() => checkPoints({ ...points(3), state: new Uint8Array(4) }, 1)).toThrow(
      'state must have one value for each of 3 points, got 4',
    );
  });

  it('must have a colour, or no class', () => {
    const category = Uint8Array.of(0, NO_CATEGORY, 10);
    expect(() => checkPoints({ ...points(3), category }, 10)).toThrow('category of row 2 must be below 10');
    expect(() => checkPoints({ ...points(3), category }, 11)).not.toThrow();
  });

  it('must have a state that there is', () => {
    expect(() => checkPoints({ ...points(2), state: Uint8Array.of(0, 3) }, 1)).toThrow(
      'state of row 1 must be',
    );
  });

  it('take a selection with a value for each of them', () => {
    expect(() => checkMask(new Uint8Array(5), 6)).toThrow('each of 6 points, got 5');
  });

  it('keep their digits far from 0', () => {
    const x = Float64Array.of(1e9, 1e9 + 1e-3, Number.NaN);
    const y = Float64Array.of(-5, 5, 0);
    const origin = findOrigin(x, y);
    const places = new Float32Array(6);
    expect(writePlaces(x, y, origin, places)).toBe(1);
    expect(origin[1]).toBe(0);
    // A thousandth beside a thousand million, to the digits that float64 has there.
    expect(places[2]! - places[0]!).toBeCloseTo(1e-3, 6);
  });
});

describe('bounds', () => {
  const at = (pairs: readonly (readonly [number, number])[]) => Float32Array.from(pairs.flat());

  it('are those of all points that have a place and are shown', () => {
    const places = at([
      [-1, 0],
      [2, 5],
      [0, -3],
      [Number.NaN, 0],
      [90, 90],
    ]);
    expect(extentOf(places, Uint8Array.of(0, 0, 0, 0, 2))?.taken).toEqual({
      left: -1,
      right: 2,
      bottom: -3,
      top: 5,
    });
  });

  it('are not there without points', () => {
    expect(extentOf(at([[Number.NaN, 1]]), new Uint8Array(1))).toBeUndefined();
    expect(extentOf(new Float32Array(), new Uint8Array())).toBeUndefined();
  });

  it('leave out the few that would make a speck of the rest', () => {
    // 0 to 1 in 1,000 steps, and one at a million.
    const places = at(
      Array.from({ length: 1001 }, (_, i) => [i === 500 ? 1e6 : i / 1000, i / 1000] as const),
    );
    const { left, right } = extentOf(places, new Uint8Array(1001))!.shown;
    expect(left).toBe(0);
    expect(right).toBeGreaterThanOrEqual(1);
    expect(right).toBeLessThan(1.35);
    expect(extentOf(places, new Uint8Array(1001))!.taken.right).toBeCloseTo(0.98 + 0.96, 1);
  });

  it('see all classes of rows that take turns', () => {
    const n = 60_000;
    const places = at(Array.from({ length: n }, (_, i) => [i % 10, (i % 10) * 10] as const));
    expect(extentOf(places, new Uint8Array(n))?.shown).toEqual({ left: 0, right: 9, bottom: 0, top: 90 });
  });

  it('unite', () => {
    const a = { left: 0, right: 1, bottom: 0, top: 1 };
    expect(unite(a, { left: -1, right: 0.5, bottom: 0.5, top: 3 })).toEqual({
      left: -1,
      right: 1,
      bottom: 0,
      top: 3,
    });
  });
});

describe('medians', () => {
  it('are those of each class, apart in x and y', () => {
    const places = Float32Array.of(1, 10, 2, 30, 9, 20, 5, 5, 7, 7);
    const category = Uint8Array.of(0, 0, 0, 2, 2);
    const medians = findMedians(places, sampleClasses(category, new Uint8Array(5), 3));
    expect([...medians]).toEqual([2, 20, Number.NaN, Number.NaN, 6, 6]);
  });

  it('do not see hidden points, nor those without a place or a class', () => {
    const places = Float32Array.of(1, 1, 50, 50, Number.NaN, 0, 60, 60);
    const sample = sampleClasses(Uint8Array.of(0, 0, 0, NO_CATEGORY), Uint8Array.of(0, 2, 0, 0), 1);
    const medians = findMedians(places, sample);
    expect([...medians]).toEqual([1, 1]);
  });
});
