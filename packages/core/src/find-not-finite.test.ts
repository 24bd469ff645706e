import { expect, it } from 'vitest';
import { findNotFinite } from './find-not-finite.ts';

it('finds the first NaN or infinity, and none among the largest and the least of numbers', () => {
  expect(findNotFinite([1, Number.NEGATIVE_INFINITY, Number.NaN])).toBe(1);
  expect(findNotFinite(Float32Array.of(0, Number.NaN))).toBe(1);
  expect(findNotFinite([Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, -0])).toBe(-1);
  expect(findNotFinite(new Float32Array(0))).toBe(-1);
});
