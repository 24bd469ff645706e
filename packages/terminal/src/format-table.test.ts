import { expect, it } from 'vitest';
import { formatTable, type TableColumn } from './format-table.ts';

type Row = { name: string; size: number; note: string };
const COLUMNS: TableColumn<Row>[] = [
  { title: 'name', align: 'left', cell: ({ name }) => name },
  { title: 'size', cell: ({ size }) => String(size) },
  { title: 'note', align: 'left', expendable: 2, cell: ({ note }) => note },
  { title: 'half', expendable: 1, cell: ({ size }) => String(size / 2) },
];
const ROWS = [
  { name: 'a', size: 5, note: '' },
  { name: 'größer', size: 100, note: 'a long one' },
];

it('aligns text to the left and numbers to the right, by characters', () => {
  expect(formatTable(ROWS, COLUMNS, { width: 80 })).toEqual([
    'name    size  note        half',
    'a          5               2.5',
    'größer   100  a long one    50',
  ]);
});

it('leaves out what may go where lines are too long, and then no more', () => {
  expect(formatTable(ROWS, COLUMNS, { width: 29 })[0]).toBe('name    size  half');
  expect(formatTable(ROWS, COLUMNS, { width: 17 })[0]).toBe('name    size');
  expect(formatTable(ROWS, COLUMNS, { width: 8 })).toEqual(['name', 'a', 'größer']);
});

it('has no line of titles where no column has one', () => {
  expect(formatTable(ROWS, [{ title: '', cell: ({ size }) => String(size) }], { width: 80 })).toEqual([
    '  5',
    '100',
  ]);
});
