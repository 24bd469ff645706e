import { expect, test } from 'vitest';
import { lossScale } from './loss-scale.ts';

test('every value is inside, losses that are not negative get no negative axis', () => {
  const { domain, log } = lossScale([0.01, 12, 20]);
  expect(domain[0]).toBe(0);
  expect(domain[1]).toBeGreaterThan(20);
  expect(log).toBe(false);
  expect(lossScale([-5, 1]).domain[0]).toBeLessThan(-5);
});

test('a start far above the median makes the axis logarithmic', () => {
  const { ticks, log } = lossScale([1e6, 120, 110, 100, 100]);
  expect(log).toBe(true);
  expect(ticks).toEqual([100, 1000, 10000, 100000, 1000000]);
});

test('a logarithmic axis of less than two decades has ticks between', () => {
  expect(lossScale([300, 11, 11, 11, 11]).ticks).toEqual([10, 20, 50, 100, 200]);
});

test.each([0, 3, -2, 1e-12, 1e15])('a constant %d has an axis around it', (value) => {
  const { domain, ticks } = lossScale([value, value, value]);
  expect(domain[1]).toBeGreaterThan(value);
  expect(domain[0]).toBeLessThanOrEqual(value);
  expect(ticks.length).toBeGreaterThan(1);
});
