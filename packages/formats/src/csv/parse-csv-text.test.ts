import { expect, it } from 'vitest';
import { parseCsvText } from './parse-csv-text.ts';

it('keeps words and numbers as they are written, column by column, with the lines of rows', () => {
  expect(parseCsvText('name,age\n"Ada, ""A""\nL.",36\nBo,7\n')).toEqual({
    columns: ['name', 'age'],
    cells: [
      ['Ada, "A"\nL.', 'Bo'],
      ['36', '7'],
    ],
    lines: [2, 4],
    rows: 2,
    decimal: '.',
    delimiter: ',',
    notes: [],
  });
});

it('finds semicolons and decimal commas, and says so', () => {
  const { cells, decimal, delimiter, notes } = parseCsvText('a;b\nx;1,5\ny;2,25\n');
  expect([cells, decimal, delimiter]).toEqual([
    [
      ['x', 'y'],
      ['1,5', '2,25'],
    ],
    ',',
    ';',
  ]);
  expect(notes).toEqual(['numbers are read with decimal commas: 1,5 is 1.5']);
});

it('reads UTF-16 as Excel saves it, and a header that is given', () => {
  const words = '\ufeffä\t1\nb\t2\n';
  const bytes = new Uint8Array(Uint16Array.from(words, (letter) => letter.charCodeAt(0)).buffer);
  expect(parseCsvText(bytes, { header: false }).cells).toEqual([
    ['ä', 'b'],
    ['1', '2'],
  ]);
});

it('names the line of a row of another length, and bounds its cells', () => {
  expect(() => parseCsvText('a,b\n1,2\n3\n')).toThrow('line 3: expected 2 cells as in the first row, got 1');
  expect(() => parseCsvText('a,b\n1,2\n3,4\n', { maxCells: 3 })).toThrow(
    expect.objectContaining({ code: 'E_LIMIT' }),
  );
  expect(() => parseCsvText('1', { delimiter: ',', decimal: ',' })).toThrow("can't be both");
});
