import { expect, test } from 'vitest';
import { squareDomains } from './scatter-domains.ts';

test('both domains are equally long and hold all points', () => {
  const { x, y } = squareDomains([0, 10], [4, 5]);
  expect(x[1] - x[0]).toBeCloseTo(y[1] - y[0]);
  expect(x[0]).toBeLessThan(0);
  expect(x[1]).toBeGreaterThan(10);
});

test('a single point has room around it', () => {
  const { x } = squareDomains([3], [3]);
  expect(x[0]).toBeLessThan(3);
  expect(x[1]).toBeGreaterThan(3);
});
