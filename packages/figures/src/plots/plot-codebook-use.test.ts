import { expect, test } from 'vitest';
import { plotCodebookUse } from './plot-codebook-use.ts';

const heights = (svg: string) =>
  [...svg.matchAll(/<rect [^>]*height="([\d.]+)"[^>]*\/>/g)].map(([, height]) => Number(height));

test('codes stand by how often they are chosen, and their perplexity is said', () => {
  const svg = plotCodebookUse({ counts: [1, 0, 5, 2] });
  expect(svg).toContain('3 of 4 codes chosen; perplexity 2.5');
  const bars = heights(svg).slice(-4);
  expect(bars).toEqual([...bars].sort((a, b) => b - a));
});

test('a code that was chosen once of a million times can be seen, and one that was not has no bar', () => {
  const bars = heights(plotCodebookUse({ counts: [1_000_000, 1, 0] })).slice(-3);
  expect(bars[1]).toBeGreaterThanOrEqual(0.99); // pixels, as places are rounded
  expect(bars[2]).toBe(0);
});

test.each([1, 2, 7, 512])('%i codes that are used alike have a perplexity of their number', (size) => {
  const svg = plotCodebookUse({ counts: new Uint32Array(size).fill(3) });
  expect(svg).toContain(`${size} of ${size} codes chosen; perplexity ${size}.0`);
});

test('bad input is refused', () => {
  const code = (one: string) => expect.objectContaining({ code: one });
  expect(() => plotCodebookUse({ counts: [] })).toThrow(code('E_SHAPE'));
  expect(() => plotCodebookUse({ counts: [0, 0] })).toThrow('no code was chosen at all');
  expect(() => plotCodebookUse({ counts: [1, Number.NaN] })).toThrow('code 1 was chosen NaN times');
  expect(() => plotCodebookUse({ counts: [1] }, { width: 10 })).toThrow(code('E_RANGE'));
});
