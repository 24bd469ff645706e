import { expect, it } from 'vitest';
import { plotCells } from './plot-cells.ts';

const CELLS = { rows: ['a', 'b'], columns: ['x', 'y'], values: [0, 4, 1, 16] };
const opacities = (svg: string) =>
  [...svg.matchAll(/fill-opacity="([\d.]+)"/g)].map(([, value]) => Number(value));

it('colours each cell by the root of its share of the largest', () => {
  expect(opacities(plotCells(CELLS))).toEqual([0, 0.5, 0.25, 1]);
  expect(opacities(plotCells({ ...CELLS, values: [0, 0, 0, 0] }))).toEqual([0, 0, 0, 0]);
});

it('writes what stands in cells, and names', () => {
  const svg = plotCells({ ...CELLS, texts: ['<1>', '', '3', '4'] }, { title: 'Odd' });
  for (const text of ['&lt;1&gt;', '>3<', '>x<', '>b<', 'Odd']) expect(svg).toContain(text);
});

it('refuses what makes no cells', () => {
  expect(() => plotCells({ ...CELLS, values: [1] })).toThrow('got 1 values of 4 cells');
  expect(() => plotCells({ ...CELLS, texts: ['a'] })).toThrow('and 1 texts');
  expect(() => plotCells({ ...CELLS, values: [0, 1, 2, -1] })).toThrow('value 3 is -1');
  expect(() => plotCells({ ...CELLS, values: [0, 1, Number.NaN, 1] })).toThrow('value 2 is NaN');
  expect(() => plotCells({ rows: [], columns: [], values: [] })).toThrow('one cell at least');
});
