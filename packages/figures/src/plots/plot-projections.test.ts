import { expect, test } from 'vitest';
import { plotProjections } from './plot-projections.ts';

const cloud = (count: number, scale = 1) =>
  Float32Array.from({ length: 2 * count }, (_, i) => scale * Math.sin(i * i + i));
const labels = (count: number) => Uint8Array.from({ length: count }, (_, i) => i % 3);
const dots = (svg: string) => svg.match(/<circle/g)?.length ?? 0;
const maps = (count: number) => [
  { name: 'PCA', embedding: cloud(count) },
  { name: 't-SNE', embedding: cloud(count, 50), note: 'trustworthiness 0.957' },
];

test('each map has each point, and one legend serves all', () => {
  expect(dots(plotProjections(maps(400)))).toBe(800);
  const svg = plotProjections(maps(400), { labels: labels(400), classNames: ['cat', 'dog', 'owl'] });
  expect(dots(svg)).toBe(803);
  expect(svg.match(/>owl</g)).toHaveLength(3); // in the legend and on each map
  expect(svg).toContain('trustworthiness 0.957');
  expect(svg).toContain('400 points');
});

test('beyond maxPoints evenly spaced ones are drawn, and the figure says so', () => {
  const svg = plotProjections(maps(1000), { maxPoints: 100 });
  expect(dots(svg)).toBe(200);
  expect(svg).toContain('100 of 1,000 points');
});

test('all points in one place leave no NaN in the figure', () => {
  const svg = plotProjections([{ name: 'PCA', embedding: new Float32Array(6) }]);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test('points of no class are grey, last in the legend, and have no name on the map', () => {
  const labels = Int8Array.from({ length: 400 }, (_, i) => (i % 4) - 1);
  const apart = maps(400).map(({ name, embedding }) => {
    const spread = 2 * Math.max(...embedding);
    return { name, embedding: embedding.map((v, i) => v + spread * labels[i >> 1]!) };
  });
  const svg = plotProjections(apart, { labels });
  expect(svg.match(/>no class</g)).toHaveLength(1);
  expect(svg.match(/>2</g)).toHaveLength(3);
  expect(svg.indexOf('>2<', svg.lastIndexOf('<g>'))).toBeLessThan(svg.indexOf('>no class<'));
  expect(() => plotProjections(maps(4), { labels: [0, -2, 0, 0] })).toThrow('or -1');
});

test('bad input is refused', () => {
  const code = (one: string) => expect.objectContaining({ code: one });
  expect(() => plotProjections([])).toThrow(code('E_USAGE'));
  expect(() => plotProjections([...maps(3), ...maps(4)])).toThrow(code('E_SHAPE'));
  expect(() => plotProjections(maps(3), { labels: [0, 1] })).toThrow(code('E_SHAPE'));
  expect(() => plotProjections(maps(3), { width: 100 })).toThrow(code('E_RANGE'));
  expect(() => plotProjections([{ name: 'x', embedding: Float32Array.of(Number.NaN, 0) }])).toThrow(
    code('E_NOT_FINITE'),
  );
});
