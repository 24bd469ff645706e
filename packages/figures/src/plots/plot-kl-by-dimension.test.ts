import { expect, test } from 'vitest';
import { theme } from '../svg/theme.ts';
import { plotKlByDimension } from './plot-kl-by-dimension.ts';

const bars = (svg: string) => [...svg.matchAll(/<rect [^>]*height="([\d.]+)"[^>]*rx="1.5"/g)];

test('says how much is carried in all, and by how many', () => {
  const svg = plotKlByDimension({ kl: [3.1, 0.002, 2.4], isActive: [true, false, true] });
  expect(svg).toContain('5.50 nats in all; 2 of 3 dimensions active');
  expect(svg).toContain('>inactive<');
  expect(svg).toContain(theme.axis);
});

test('an unused space looks empty: 0.003 nats do not fill the axis', () => {
  const heights = bars(plotKlByDimension({ kl: [0.003, 0.001] })).map(([, height]) => Number(height));
  expect(Math.max(...heights)).toBeLessThan(3);
});

test('many dimensions stand by size', () => {
  const kl = Array.from({ length: 40 }, (_, i) => (i * 7) % 40);
  const svg = plotKlByDimension({ kl });
  expect(svg).toContain('dimensions, by their KL');
  const heights = bars(svg).map(([, height]) => Number(height));
  expect(heights).toEqual([...heights].sort((a, b) => b - a));
});

test('bad input is refused', () => {
  const code = (one: string) => expect.objectContaining({ code: one });
  expect(() => plotKlByDimension({ kl: [] })).toThrow(code('E_SHAPE'));
  expect(() => plotKlByDimension({ kl: [1], isActive: [] })).toThrow(code('E_SHAPE'));
  expect(() => plotKlByDimension({ kl: [1, Number.NaN] })).toThrow('dimension 1 has NaN');
});
