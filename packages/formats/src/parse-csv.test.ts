import { describe, expect, it } from 'vitest';
import { encodeCsv } from './encode-csv.ts';
import { parseCsv } from './parse-csv.ts';

describe('parseCsv', () => {
  it('reads numbers with and without a header', () => {
    const data = Float64Array.of(1, -2.5, 3e-3, 0.5);
    expect(parseCsv('x,y\n1,-2.5\n3e-3,.5\n')).toEqual({ columns: ['x', 'y'], shape: [2, 2], data });
    expect(parseCsv('1,-2.5\r\n 3e-3 ,+0.5')).toEqual({ shape: [2, 2], data });
  });

  it('reads quoted cells with delimiters, line breaks and quotes in them', () => {
    const { columns, data } = parseCsv('"a,b","say ""x""","two\nlines"\n"1",2,3\n');
    expect(columns).toEqual(['a,b', 'say "x"', 'two\nlines']);
    expect(data).toEqual(Float64Array.of(1, 2, 3));
  });

  it('takes a first row of numbers for names when told to', () => {
    expect(parseCsv('0,1\n5,6', { header: true })).toMatchObject({ columns: ['0', '1'], shape: [1, 2] });
  });

  it('reads other delimiters and skips a byte order mark', () => {
    expect(parseCsv('\ufeffa\tb\n1\t2', { delimiter: '\t' }).columns).toEqual(['a', 'b']);
  });

  it('reads a file without rows', () => {
    expect(parseCsv('')).toEqual({ shape: [0, 0], data: new Float64Array() });
    expect(parseCsv('a,b\n')).toEqual({ columns: ['a', 'b'], shape: [0, 2], data: new Float64Array() });
  });

  it.each([
    ['a word', 'x,y\n1,2\n3,four', 'line 3, column 2 (\'y\'): expected a finite number, got "four"'],
    ['an empty cell', '1,2\n3,', 'line 2, column 2: expected a finite number, got ""'],
    ['NaN', '1\nNaN', 'line 2, column 1'],
    ['a number too large', '1\n1e999', 'line 2, column 1'],
    ['hexadecimal', '1\n0x10', 'got "0x10"'],
    ['a header that is half numbers', 'id,0\n1,2', 'pass header: true'],
    ['a short row', 'a,b\n1,2\n3\n', 'line 3: expected 2 cells as in the first row, got 1'],
    ['a long row', '1,2\n3,4,5', 'line 2: expected 2 cells as in the first row, got 3'],
    ['an empty line inside', '1,2\n\n3,4', 'line 2: expected 2 cells'],
    ['a quote left open', '1,"2\n3,4', 'line 1: a quoted cell is never closed'],
    [
      'text after a quote',
      '1,"2"3',
      'line 1: expected \',\' or the end of the line after a quoted cell, got "3"',
    ],
  ])('refuses %s and says where', (_, text, message) => {
    expect(() => parseCsv(text)).toThrow(
      expect.objectContaining({ code: 'E_FORMAT', message: expect.stringContaining(message) }),
    );
  });

  it('counts the lines inside quoted cells', () => {
    expect(() => parseCsv('"a\nb"\n1\nx')).toThrow('line 4, column 1');
  });

  it('stops at the limit', () => {
    expect(() => parseCsv('1,2\n3,4', { maxElements: 3 })).toThrow(
      expect.objectContaining({ code: 'E_LIMIT' }),
    );
  });

  it('refuses a delimiter that is not one character', () => {
    expect(() => parseCsv('1', { delimiter: '' })).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
  });

  it('is quick about long cells that are nearly numbers', () => {
    expect(() => parseCsv(`1\n${'1'.repeat(200_000)}x`)).toThrow('line 2');
  });

  it('gives back what encodeCsv wrote', () => {
    const data = Float64Array.of(1 / 3, -0.1, 1e300, 5e-324);
    const columns = ['a,b', 'q"'];
    const table = { columns, shape: [2, 2], data };
    expect(parseCsv(encodeCsv(table, { columns }))).toEqual(table);
  });
});
