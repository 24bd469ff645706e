import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import type { Point } from './digit-style.ts';
import { jitterStrokes } from './jitter-strokes.ts';

const random = () => createRandom({ seed: 3, stream: Stream.digits });

describe('jitterStrokes', () => {
  it('leaves the places alone when the amount is 0', () => {
    const strokes: Point[][] = [
      [
        [0, 0.5],
        [1, 2],
      ],
      [[3, 4]],
    ];
    expect(jitterStrokes(strokes, 0, random())).toEqual([
      [0, 0.5, 1, 2],
      [3, 4],
    ]);
  });

  it('moves the two halves of a corner together, and other places apart', () => {
    const stroke: Point[] = [
      [0, 0],
      [1, 1],
      [1, 1],
      [2, 2],
    ];
    const places = jitterStrokes([stroke], 0.1, random())[0]!;
    expect(places.slice(2, 4)).toEqual(places.slice(4, 6));
    expect(places[2]! - 1).not.toBe(places[0]);
  });

  it('has the standard deviation asked for, and inherits 0.6 of the error before', () => {
    const stroke = Array.from({ length: 20_000 }, (_, i): Point => [i, -i]);
    const errors = jitterStrokes([stroke], 0.1, random())[0]!
      .filter((_, i) => i % 2 === 0)
      .map((x, i) => x - i);
    const covariance = (lag: number) =>
      errors.slice(lag).reduce((sum, error, i) => sum + error * errors[i]!, 0) / (errors.length - lag);
    expect(Math.abs(Math.sqrt(covariance(0)) - 0.1)).toBeLessThan(0.004); // 4 standard errors
    expect(Math.abs(covariance(1) / covariance(0) - 0.6)).toBeLessThan(0.025);
  });
});
