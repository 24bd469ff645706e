import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { elasticWarp } from './elastic-warp.ts';

const warpOf = (amount: number, index: number) =>
  elasticWarp(amount, createRandom({ seed: 0, stream: Stream.digits, index }));

describe('elasticWarp', () => {
  it('moves nothing when the amount is 0', () => {
    const points = [0.1, 0.2, 0.3, 0.4];
    warpOf(0, 1)(points);
    expect(points).toEqual([0.1, 0.2, 0.3, 0.4]);
  });

  it('moves a place by the same however it is reached', () => {
    const warp = warpOf(0.02, 1);
    const [alone, among] = [
      [0.5, 0.6],
      [0, 0, 0.5, 0.6],
    ];
    warp(alone);
    warp(among);
    expect(among.slice(2)).toEqual(alone);
  });

  it('keeps neighbours neighbours: places a hundredth apart stay within a third of that', () => {
    for (let index = 0; index < 200; index++) {
      const points = [0.4, 0.5, 0.41, 0.5];
      warpOf(0.02, index)(points);
      expect(Math.abs(points[2]! - points[0]! - 0.01)).toBeLessThan(0.005);
      expect(Math.abs(points[3]! - points[1]!)).toBeLessThan(0.005);
    }
  });

  it('has a mean square displacement of half the amount squared', () => {
    let sum = 0;
    for (let index = 0; index < 4000; index++) {
      const points = [0.4, 0.5];
      warpOf(0.02, index)(points);
      sum += (points[0]! - 0.4) ** 2 + (points[1]! - 0.5) ** 2;
    }
    expect(sum / 8000 / 0.02 ** 2).toBeCloseTo(0.5, 1); // the mean of sin^2 over the phases
  });
});
