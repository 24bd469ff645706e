import { expect, test } from 'vitest';
import { plotLatentScatter } from './plot-latent-scatter.ts';

const cloud = (count: number) => ({
  x: Float32Array.from({ length: count }, (_, i) => Math.sin(i)),
  y: Float32Array.from({ length: count }, (_, i) => Math.cos(i * 1.7)),
});
const labels = (count: number, classes: number) => Uint8Array.from({ length: count }, (_, i) => i % classes);
const dots = (svg: string) => svg.match(/<circle/g)?.length ?? 0;

test('each point is a dot, each class a swatch', () => {
  expect(dots(plotLatentScatter(cloud(500)))).toBe(500);
  expect(dots(plotLatentScatter({ ...cloud(500), labels: labels(500, 10) }))).toBe(510);
});

test('classes have their names, and only those that occur', () => {
  const svg = plotLatentScatter({ ...cloud(2), labels: [0, 2], classNames: ['cat', 'dog', 'owl'] });
  expect(svg).toContain('>cat<');
  expect(svg).toContain('>owl<');
  expect(svg).not.toContain('>dog<');
});

test('beyond maxPoints evenly spaced ones are drawn, and the figure says so', () => {
  const svg = plotLatentScatter(cloud(1000), { maxPoints: 100 });
  expect(dots(svg)).toBe(100);
  expect(svg).toContain('100 of 1,000 points');
});

test('ten thousand points stay below a megabyte', () => {
  expect(plotLatentScatter({ ...cloud(20_000), labels: labels(20_000, 10) }).length).toBeLessThan(1e6);
});

test('points that are not finite are left out', () => {
  const svg = plotLatentScatter({ x: [1, Number.NaN, 3], y: [1, 2, Infinity] });
  expect(dots(svg)).toBe(1);
  expect(svg).toContain('1 of 3 points');
});

test.each([1e-12, 1e12])('coordinates of the size of %d leave no NaN in the figure', (scale) => {
  expect(plotLatentScatter({ x: [scale, 2 * scale], y: [0, scale] })).not.toMatch(/NaN|Infinity|undefined/);
});

test('bad input is refused', () => {
  const code = (one: string) => expect.objectContaining({ code: one });
  expect(() => plotLatentScatter({ x: [1], y: [1, 2] })).toThrow(code('E_SHAPE'));
  expect(() => plotLatentScatter({ x: [1], y: [1], labels: [] })).toThrow(code('E_SHAPE'));
  expect(() => plotLatentScatter({ x: [1], y: [1], labels: [-2] })).toThrow(code('E_RANGE'));
  expect(() => plotLatentScatter({ x: [1], y: [1], labels: [1], classNames: ['cat'] })).toThrow(
    'label 0 is 1',
  );
  expect(() => plotLatentScatter({ x: [], y: [] })).toThrow(code('E_NOT_FINITE'));
});

test('codes that huddle in the prior look so: the axes hold its rings', () => {
  const tiny = { x: [0.01, -0.02, 0.015], y: [0.01, 0.02, -0.01] };
  const middle = (svg: string) => [...svg.matchAll(/<circle cx="([\d.]+)"/g)].map(([, x]) => Number(x));
  const spread = (xs: number[]) => Math.max(...xs) - Math.min(...xs);
  expect(spread(middle(plotLatentScatter(tiny)))).toBeGreaterThan(100);
  const svg = plotLatentScatter({ ...tiny, prior: [{ x: 0, y: 0 }] });
  expect(spread(middle(svg))).toBeLessThan(10);
  expect(svg.match(/<ellipse/g)).toHaveLength(2);
});
