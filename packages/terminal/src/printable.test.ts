import { expect, it, vi } from 'vitest';
import { formatTable } from './format-table.ts';
import { printable } from './printable.ts';
import { reportFailure } from './report-failure.ts';

const NAME = 'runs/\u001b[31mred\nline\u202e\u009b2J';
const SHOWN = 'runs/?[31mred?line??2J';

it('leaves letters of any script, and nothing that a terminal obeys', () => {
  expect(printable(NAME)).toBe(SHOWN);
  for (const text of ['größer', '数字', '🙂 a\u200db', '']) expect(printable(text)).toBe(text);
});

it('tables and errors are written so', () => {
  expect(formatTable([NAME], [{ title: '', cell: (name) => name }], { width: 80 })).toEqual([SHOWN]);
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  reportFailure(new Error('runs/\u001b[2Jx holds\nnothing'), { debug: false });
  expect(write.mock.calls.map(([text]) => text)).toEqual(['error: runs/?[2Jx holds nothing\n']);
  write.mockRestore();
});
