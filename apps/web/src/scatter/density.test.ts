import { normalRows } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { blurDensity, countDensity, measureCrowding, shadeDensity } from './density.ts';
import { NO_CATEGORY } from './points.ts';

const unit = { left: 0, right: 1, bottom: 0, top: 1 };
const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);

describe('density', () => {
  it('counts each class, and those without one apart', () => {
    const places = Float32Array.of(0.5, 0.5, 0.5, 0.5, 0.1, 0.9, 0.5, 0.5, Number.NaN, 0, 7, 7);
    const category = Uint8Array.of(0, 0, 1, NO_CATEGORY, 0, 0);
    const { counts } = countDensity(places, category, Uint8Array.of(0, 0, 0, 0, 0, 0), unit, 2, 16);
    const of = (label: number) => sum(counts.subarray(label * 256, (label + 1) * 256));
    expect([of(0), of(1), of(2)]).toEqual([2, 1, 1]);
  });

  it('does not count hidden points', () => {
    const { counts } = countDensity(
      Float32Array.of(0.5, 0.5),
      new Uint8Array(1),
      Uint8Array.of(2),
      unit,
      1,
      16,
    );
    expect(sum(counts)).toBe(0);
  });

  it('knows how crowded a typical point is: of points spread evenly, their number by their area, few or many', () => {
    for (const n of [2000, 5000, 50_000]) {
      const places = normalRows(n, 2, { seed: 3, stream: 0 });
      const square = { left: -4, right: 4, bottom: -4, top: 4 };
      const crowding = measureCrowding(places, new Uint8Array(n), square);
      // The median of a standard normal's density over its own draws, which is even between 0 and 1 / (2 pi): 1 / (4 pi).
      expect(Math.abs((crowding / n) * 4 * Math.PI - 1)).toBeLessThan(n < 5000 ? 0.15 : 0.06);
    }
  });

  it('is as crowded as it is spread: a lattice', () => {
    const side = 100;
    const places = Float32Array.from({ length: 2 * side * side }, (_, i) => {
      const row = i >> 1;
      return 3 * (((i % 2 ? Math.floor(row / side) : row % side) + 0.5) / side);
    });
    const n = side * side;
    const wide = { left: 0, right: 3, bottom: 0, top: 3 };
    const crowding = measureCrowding(places, new Uint8Array(n), wide);
    // Four in a cell, of which each has three others.
    expect(crowding / (n / 9)).toBeGreaterThan(0.7);
    expect(crowding / (n / 9)).toBeLessThan(1.1);
  });

  it('is no more crowded for a heap of points that are all the same, nor for a stray', () => {
    const n = 2000;
    const places = normalRows(n, 2, { seed: 3, stream: 0 });
    const square = { left: -4, right: 4, bottom: -4, top: 4 };
    const alone = measureCrowding(places, new Uint8Array(n), square);
    const heaped = places.slice();
    for (let row = 0; row < n / 5; row++) heaped.set([0.5, 0.5], 2 * row);
    expect(measureCrowding(heaped, new Uint8Array(n), square) / alone).toBeLessThan(1.6);
    const wide = { ...square, right: 12 };
    expect(measureCrowding(places, new Uint8Array(n), wide) / alone).toBeGreaterThan(0.8);
  });

  it('is crowded by few points in tight islands by as much as an eye sees, and by none that is alone', () => {
    const n = 400; // in ten islands, each a hundredth as wide as the map
    const places = normalRows(n, 2, { seed: 3, stream: 0 }).map(
      (value, i) => 0.01 * value + (((i >> 1) % 10) * (i % 2 ? 3 : 7) + 5) / 10,
    );
    const square = { left: 0, right: 7, bottom: 0, top: 7 };
    const wholeIsland = measureCrowding(places, new Uint8Array(n), square);
    // Forty in a cell, or two or four where it lies on a border: of a map of ten by ten cells.
    expect(wholeIsland).toBeGreaterThan(9 / 0.7 ** 2);
    expect(wholeIsland).toBeLessThan(40 / 0.7 ** 2);
    expect(measureCrowding(Float32Array.of(0, 0, 1, 1), new Uint8Array(2), unit)).toBe(0);
  });

  it('is spread by blur with the variance of three means over five cells, and none is lost', () => {
    const side = 41;
    const counts = new Float32Array(side * side);
    counts[20 * side + 20] = 1000;
    blurDensity({ counts, side });
    expect(sum(counts)).toBeCloseTo(1000, 1);
    let variance = 0;
    for (let i = 0; i < side * side; i++) variance += (counts[i]! / 1000) * ((i % side) - 20) ** 2;
    // A mean over 5 cells has the variance (25 - 1) / 12 = 2.
    expect(variance).toBeCloseTo(6, 2);
  });

  it('is the colour of its class, the more opaque the more there are, with row 0 at the top', () => {
    const counts = new Float32Array(2 * 4);
    counts.set([0, 100, 25, 0]); // the bottom row of a grid of 2 x 2, then the top one
    const pixels = shadeDensity({ bounds: unit, counts, side: 2 }, [[10, 20, 30]], [99, 99, 99], undefined);
    expect([...pixels.subarray(12, 15)]).toEqual([10, 20, 30]);
    expect(pixels[3]).toBeGreaterThan(100);
    expect(pixels[15]).toBeGreaterThan(pixels[3]!);
    expect([pixels[7], pixels[11]]).toEqual([0, 0]);
  });

  it('mixes classes by their share, and makes those grey that are not isolated', () => {
    const counts = Float32Array.of(30, 10, 0);
    const density = { bounds: unit, counts, side: 1, crowding: 1 };
    const colors = [
      [200, 0, 0],
      [0, 200, 0],
    ] as const;
    expect([...shadeDensity(density, colors, [80, 80, 80], undefined).subarray(0, 3)]).toEqual([150, 50, 0]);
    // 30 of the class that is meant, and a quarter of 10 others.
    expect(shadeDensity(density, colors, [80, 80, 80], 0)[0]).toBe(Math.round((30 * 200 + 2.5 * 80) / 32.5));
  });
});
