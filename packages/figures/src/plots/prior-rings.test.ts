import { expect, test } from 'vitest';
import { serializeSvg } from '../svg/serialize-svg.ts';
import { priorCorners, priorRings } from './prior-rings.ts';

const draw = (...prior: Parameters<typeof priorRings>[0]) =>
  serializeSvg(priorRings(prior, (x, y) => [100 + 10 * x, 100 - 10 * y], 10));

test('a standard normal has circles at one and two standard deviations, with their names', () => {
  const svg = draw({ x: 0, y: 0 });
  expect([...svg.matchAll(/rx="(\d+)" ry="(\d+)"/g)].map(([, rx, ry]) => [rx, ry])).toEqual([
    ['10', '10'],
    ['20', '20'],
  ]);
  expect(svg).toContain('>2σ<');
  expect(svg).not.toContain('rotate');
});

test('a covariance lies along its axes: 5, 4, 5 has variances 9 and 1 on the diagonals', () => {
  const svg = draw({ x: 0, y: 0, covariance: [5, 4, 5] });
  expect(svg).toContain('rx="30" ry="10" transform="rotate(-45 100 100)"');
});

test('a mixture has one ring a component, and no more than can be told apart', () => {
  const mixture = Array.from({ length: 100 }, (_, x) => ({ x, y: 0 }));
  expect(draw(...mixture).match(/<ellipse/g)).toHaveLength(64);
  expect(draw(...mixture)).not.toContain('σ');
});

test('the axes hold the rings', () => {
  expect(priorCorners([{ x: 1, y: 2, covariance: [4, 0, 9] }])).toEqual({ x: [-3, 5], y: [-4, 8] });
  expect(priorCorners([])).toEqual({ x: [], y: [] });
});
