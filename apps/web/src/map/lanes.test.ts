import { normalRows } from '@latentkit/core';
import { expect, it } from 'vitest';
import { lanesOf } from './lanes.ts';

const values = normalRows(1000, 1, { seed: 1, stream: 0 });
const labels = Uint8Array.from(values, (_, row) => row % 4);

it('gives each class a lane of its own, the first on top', () => {
  const y = lanesOf(values, labels);
  const laneOf = (label: number) => [...y].filter((_, row) => labels[row] === label);
  for (let label = 1; label < 4; label++) {
    expect(Math.max(...laneOf(label))).toBeLessThan(Math.min(...laneOf(label - 1)));
  }
  expect(Math.min(...y)).toBeGreaterThan(0);
});

it('is as wide as a class is dense there', () => {
  const y = lanesOf(values);
  const spread = (least: number, most: number) => {
    const some = [...y].filter((_, row) => Math.abs(values[row]!) >= least && Math.abs(values[row]!) < most);
    return Math.max(...some) - Math.min(...some);
  };
  // The normal density at 2 is exp(-2) = 0.135 of that at 0.
  expect(spread(1.9, 2.1) / spread(0, 0.2)).toBeCloseTo(0.135, 1);
});

it('keeps a place for what lies in one point, and has no lanes of nothing', () => {
  expect(lanesOf(new Float32Array(3)).every(Number.isFinite)).toBe(true);
  expect(lanesOf(new Float32Array(0))).toHaveLength(0);
});
