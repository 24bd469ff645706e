import { expect, test } from 'vitest';
import { scatterDomains } from './scatter-domains.ts';

const span = ([low, high]: [number, number]) => high - low;

test('the area has one scale and holds all points', () => {
  for (const y of [
    [4, 5],
    [0, 7],
    [-20, 20],
  ]) {
    const domains = scatterDomains([0, 10], y);
    expect(span(domains.y) / span(domains.x)).toBeCloseTo(domains.aspect);
    expect(domains.x[0]).toBeLessThan(0);
    expect(domains.x[1]).toBeGreaterThan(10);
    expect(domains.y[0]).toBeLessThan(y[0]!);
    expect(domains.y[1]).toBeGreaterThan(y[1]!);
  }
});

test('it is a square for high clouds, on its side for flat ones, and never flatter than half', () => {
  expect(scatterDomains([0, 1], [0, 10]).aspect).toBe(1);
  expect(scatterDomains([0, 10], [0, 7]).aspect).toBeCloseTo(0.7);
  expect(scatterDomains([0, 10], [0, 0.1]).aspect).toBe(0.5);
});

test('a single point has room around it', () => {
  const { x, y } = scatterDomains([3], [3]);
  expect(x[0]).toBeLessThan(3);
  expect(y[1]).toBeGreaterThan(3);
});
