import { expect, test } from 'vitest';
import { heatMaps } from './heat.ts';

test('a pixel is as strong as the root of its share of the largest difference, its channels taken together', () => {
  const shape = { height: 1, width: 2, channels: 3 };
  const { strengths, most } = heatMaps([0, 0, 0, 0.1, 0.2, 0.1, 0.01, 0.02, 0.07, 0, 0, 0.025], shape);
  expect(most).toBeCloseTo(0.4, 12);
  expect(Array.from(strengths, (value) => Number(value.toFixed(6)))).toEqual([0, 1, 0.5, 0.25]);
});

test('beside others it is told by their largest, and what is larger is as strong as that', () => {
  const shape = { height: 1, width: 2, channels: 1 };
  expect([...heatMaps([1, 9], shape, 4).strengths]).toEqual([0.5, 1]);
  expect([...heatMaps([0, 0], shape).strengths]).toEqual([0, 0]);
  expect(() => heatMaps([1, 2, 3], shape)).toThrow(/E_SHAPE|whole images of 1 x 2 x 1, got 3/);
});
