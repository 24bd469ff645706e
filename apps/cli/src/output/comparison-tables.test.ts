import { expect, test } from 'vitest';
import { comparisonTables } from './comparison-tables.ts';

const rows = ['beta', 'validation loss'].map((title) => ({
  ...{ name: title, title, values: [1, 2, 3] },
  cells: ['1', '100.25', '3'],
}));
const names = ['one', 'other', 'runs/with/a/long/path'];

test('runs stand beside each other where there is room', () => {
  expect(comparisonTables(names, rows, Number.POSITIVE_INFINITY)).toEqual([
    [
      'setting          one   other  runs/with/a/long/path',
      'beta               1  100.25                      3',
      'validation loss    1  100.25                      3',
    ],
  ]);
});

test('in a narrow terminal in as many tables as it takes, and no number is cut', () => {
  const tables = comparisonTables(names, rows, 32);
  expect(tables.map(([titles]) => titles)).toEqual([
    'setting          one   other',
    'setting          ith/a/long/path', // the end of it
  ]);
  for (const line of tables.flat()) expect(line.length).toBeLessThanOrEqual(32);
  expect(tables.flat().join()).toContain('100.25');
});
