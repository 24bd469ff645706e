import { expect, test } from 'vitest';
import { textTable } from './text-table.ts';

const columns = [
  { title: 'run', cells: ['a', 'long name'], isWords: true },
  { title: 'loss', cells: ['1.5', '10.25'] },
  { title: 'when', cells: ['today', 'then'], isWords: true, spare: 1 },
  { title: 'why', cells: ['', 'x'], isWords: true, spare: 2 },
];

test('words stand at the left, numbers at the right', () => {
  expect(textTable(columns)).toEqual([
    'run         loss  when   why',
    'a            1.5  today',
    'long name  10.25  then   x',
  ]);
});

test('what can be spared goes first where there is no room, and the rest is cut', () => {
  expect(textTable(columns, 24)[0]).toBe('run         loss  when');
  expect(textTable(columns, 17)[0]).toBe('run         loss');
  expect(textTable(columns, 10)).toEqual(['run', 'a', 'long name']);
});

test('a table without rows is its titles', () => {
  expect(textTable([{ title: 'run', cells: [] }])).toEqual(['run']);
});
