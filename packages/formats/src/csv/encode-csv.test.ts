import { describe, expect, it } from 'vitest';
import { encodeCsv } from './encode-csv.ts';
import { parseCsv } from './parse-csv.ts';

describe('encodeCsv', () => {
  it('writes a row a line under the names', () => {
    const table = { shape: [2, 2], data: Uint8Array.of(1, 2, 3, 4) };
    expect(encodeCsv(table, { columns: ['x', 'y'] })).toBe('x,y\n1,2\n3,4\n');
    expect(encodeCsv(table, { delimiter: ';' })).toBe('1;2\n3;4\n');
  });

  it('quotes names that need it', () => {
    expect(encodeCsv({ shape: [0, 2], data: new Float32Array() }, { columns: ['a,b', 'c"d'] })).toBe(
      '"a,b","c""d"\n',
    );
  });

  it('puts a column of text where it belongs, quoted where need be, and parseCsv reads it back', () => {
    const table = { shape: [2, 2], data: Uint8Array.of(1, 2, 3, 4) };
    const texts = { at: 1, name: 'kind', cells: ['a,b', 'c'] };
    const text = encodeCsv(table, { columns: ['x', 'y'], texts });
    expect(text).toBe('x,kind,y\n1,"a,b",2\n3,c,4\n');
    expect(parseCsv(text, { textColumn: 'kind' })).toMatchObject({
      columns: ['x', 'y'],
      texts: ['a,b', 'c'],
    });
    expect(() => encodeCsv(table, { texts: { at: 0, cells: [] } })).toThrow('expected 2 texts, got 0');
  });

  it('refuses what is not a table of finite numbers', () => {
    expect(() => encodeCsv({ shape: [2], data: new Float32Array(2) })).toThrow('[rows, columns]');
    expect(() => encodeCsv({ shape: [1, 2], data: new Float32Array(2) }, { columns: ['x'] })).toThrow(
      'expected 2 column names, got 1',
    );
    expect(() => encodeCsv({ shape: [2, 1], data: Float32Array.of(1, Number.NaN) })).toThrow(
      expect.objectContaining({ code: 'E_NOT_FINITE', message: expect.stringContaining('row 2, column 1') }),
    );
  });
});
