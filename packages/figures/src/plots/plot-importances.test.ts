import { expect, test } from 'vitest';
import { plotImportances } from './plot-importances.ts';

test('draws a bar a setting, and says where nothing can be told', () => {
  const svg = plotImportances([
    { name: 'rate', share: 0.5, note: 'lower is better' },
    { name: 'net', share: undefined },
  ]);
  expect(svg).toContain('0.50  lower is better');
  expect(svg).toContain('cannot be told');
  expect(svg.match(/<rect /g)).toHaveLength(3); // the ground's, too
});

test('refuses what it cannot draw', () => {
  expect(() => plotImportances([])).toThrow('expected one setting at least');
  expect(() => plotImportances([{ name: 'rate', share: Number.NaN }])).toThrow('the share of rate is NaN');
});
