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

  it('leaves columns out, whatever is in them, and names places of the file in errors', () => {
    const text = 'x,kind,y,sex\n1,cat,2,f\n3,dog,4,\n';
    const table = { columns: ['x', 'y'], shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) };
    expect(parseCsv(text, { leaveOut: ['kind', 3] })).toEqual(table);
    const told = parseCsv(text, { textColumn: 'kind', leaveOut: ['sex', 'kind'] });
    expect(told).toEqual({ ...table, texts: ['cat', 'dog'] });
    expect(() => parseCsv(text, { leaveOut: ['kind'] })).toThrow("line 2, column 4 ('sex')");
    expect(() => parseCsv(text, { leaveOut: ['knd'] })).toThrow("Did you mean 'kind'?");
    expect(() => parseCsv(text, { leaveOut: 'kind' as never })).toThrow('leaveOut');
  });

  it('keeps a column as text, by its name or its place', () => {
    const named = 'x,kind,y\n1,cat,2\n3,"dog, small",4\n';
    const table = { columns: ['x', 'y'], shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) };
    expect(parseCsv(named, { textColumn: 'kind' })).toEqual({ ...table, texts: ['cat', 'dog, small'] });
    expect(parseCsv(named, { textColumn: 1 })).toEqual({ ...table, texts: ['cat', 'dog, small'] });
    expect(parseCsv('1,7\n2,8', { textColumn: 1 })).toMatchObject({ shape: [2, 1], texts: ['7', '8'] });
    expect(parseCsv('5.1,setosa\n4.9,setosa', { textColumn: 1 })).toMatchObject({ shape: [2, 1] });
    expect(parseCsv('kind\ncat\n', { textColumn: 'kind' })).toMatchObject({ shape: [1, 0], texts: ['cat'] });
    for (const [text, textColumn, said] of [
      [named, 'knd', "Did you mean 'kind'?"],
      [named, 3, 'Columns are 0 to 2'],
    ] as const) {
      expect(() => parseCsv(text, { textColumn })).toThrow(
        expect.objectContaining({ code: 'E_UNKNOWN_NAME', message: expect.stringContaining(said) }),
      );
    }
    expect(() => parseCsv('1,2', { textColumn: 'kind', header: false })).toThrow('does not name the columns');
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
    [
      'a first row that is all missing',
      'nan,nan\n1,2\n3,4',
      'line 1, column 1: expected a finite number, got "nan"',
    ],
    ['a first row that misses one', ',2\n3,4', 'line 1, column 1: expected a finite number, got ""'],
    ['a column of text', '5.1,setosa\n4.9,setosa', 'header: true, or --header yes'],
    ['text under a name', 'x,y\n5.1,setosa', 'textColumn, or --label-column'],
    ['spaces between the numbers', '1.5 2.5\n3 4', 'Save the table with commas'],
    ['separators of thousands', '1,"1,234"', 'without separators of thousands'],
    ['decimal points beside decimal commas', '1,5;2\n1.5;2', "(decimal: '.')"],
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
    expect(parseCsv('1,2\n3,4', { maxElements: 4 }).shape).toEqual([2, 2]);
    for (const maxElements of [0, 3]) {
      expect(() => parseCsv('1,2\n3,4', { maxElements })).toThrow(
        expect.objectContaining({ code: 'E_LIMIT', message: expect.stringContaining('(maxElements)') }),
      );
    }
  });

  it('refuses a delimiter that is not one character', () => {
    const usage = expect.objectContaining({ code: 'E_USAGE' });
    expect(() => parseCsv('1', { delimiter: '' })).toThrow(usage);
    expect(() => parseCsv('1', { delimiter: ',', decimal: ',' })).toThrow(usage);
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

describe('tables as programs export them', () => {
  const data = Float64Array.of(0.5, -1, 1.5, 2);
  const table = { columns: ['x', 'y'], shape: [2, 2], data };
  const text = 'x,y\n0.5,-1\n1.5,2\n';

  it.each([
    ['a blank line at the end', `${text}\n`],
    ['blank lines at the end, CRLF', `${text.replaceAll('\n', '\r\n')}\r\n\r\n`],
    ['line ends of CR alone', `${text.replaceAll('\n', '\r')}\r`],
    ['spaces at the end', `${text}   \n `],
    ['a delimiter at the end of each line', text.replaceAll('\n', ',\n')],
    ['one at the ends of numbers alone', 'x,y\n0.5,-1,\n1.5,2,\n'],
    ['semicolons', text.replaceAll(',', ';')],
    ['semicolons in one line', 'x;y\n0.5;-1\n1.5;2'],
    ['tabs', text.replaceAll(',', '\t')],
    ['a byte order mark', `\ufeff${text}`],
    ['bytes of UTF-8', new TextEncoder().encode(`\ufeff${text}`)],
    ['an ArrayBuffer', new TextEncoder().encode(text).buffer],
    [
      'bytes of UTF-16',
      Uint8Array.from([...`\ufeff${text}`].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8])),
    ],
  ])('reads %s', (_, file) => {
    expect(parseCsv(file)).toEqual(table);
  });

  it('reads decimal commas, and says so', () => {
    const commas = text.replaceAll(',', ';').replaceAll('.', ',');
    const notes = ['numbers are read with decimal commas: 0,5 is 0.5'];
    expect(parseCsv(commas)).toEqual({ ...table, notes });
    expect(parseCsv(commas, { decimal: ',' })).toEqual(table);
    expect(parseCsv('0,5\n1,5', { decimal: ',' })).toMatchObject({ shape: [2, 1] });
    expect(parseCsv('1;2\n'.repeat(200)).notes).toBeUndefined();
    expect(() => parseCsv(`${'1;2\n'.repeat(200)}1,5;2`)).toThrow(
      'line 201, column 1: expected a finite number',
    );
  });

  it("leaves pandas' index out where it has no name, and says so", () => {
    const indexed = ',x,y\n7,0.5,-1\n3,1.5,2\n';
    const notes = [
      expect.stringContaining('the first column has no name: it numbers the rows and is left out'),
    ];
    expect(parseCsv(indexed)).toEqual({ ...table, notes });
    expect(parseCsv(indexed, { rowNumbers: true })).toEqual(table);
    expect(parseCsv(indexed, { rowNumbers: false })).toMatchObject({
      columns: ['', 'x', 'y'],
      shape: [2, 3],
    });
    const twice = parseCsv(',x\n7,1\n7,2\n');
    expect(twice).toMatchObject({ shape: [2, 2], notes: [expect.stringContaining('it is read as numbers')] });
    expect(parseCsv(',0\n0,0.5\n1,-1')).toMatchObject({ columns: ['0'], data: Float64Array.of(0.5, -1) });
  });
});

describe('a first row that nobody spoke of', () => {
  const [names, numbers] = ['is read as the names of the columns', 'is read as numbers'];
  it.each([
    ['words', 'x,y\n1,2', true, undefined],
    ['words beside a missing one', 'x,\n1,2', true, undefined],
    ['texts that begin with digits', '2nd,3rd\n1,2', true, names],
    ['0, 1 over decimals', '0,1\n0.5,1.5\n1.0,2.5', true, names],
    ['0, 1, 2 over whole numbers', '0,1,2\n5,6,7', true, names],
    ['0, 1, 2 of numbers that go on so', '0,1,2\n3,4,5', false, undefined],
    ['0, 1 over whole numbers', '0,1\n1,0\n0,1', false, numbers],
    ['0 over whole numbers, as labels are', '0\n1\n2', false, undefined],
    ['a row that is alone', '0,1,2', false, undefined],
    ['numbers', '1.5,2\n3,4', false, undefined],
    ['a word and numbers that count', 'label,0,1,2\n3,0.5,0.5,0.5', true, names],
    ['a name and years', 'land,1999,2000\n1,2,3', true, names],
  ])('%s', (_, text, header, note) => {
    const { columns, notes } = parseCsv(text);
    expect(columns !== undefined).toBe(header);
    expect(notes).toEqual(note === undefined ? undefined : [expect.stringContaining(note)]);
  });

  it('is what it is said to be', () => {
    expect(parseCsv('0,1,2\n5,6,7', { header: false })).toEqual({
      shape: [2, 3],
      data: Float64Array.of(0, 1, 2, 5, 6, 7),
    });
    expect(parseCsv('1.5,2\n3,4', { header: true })).toMatchObject({ columns: ['1.5', '2'], shape: [1, 2] });
  });

  it('is no name where it has a typing error', () => {
    for (const text of ['1,2x,3\n4,5,6', '1.5,abc\n2,3'])
      expect(() => parseCsv(text)).toThrow('line 1, column 2');
  });
});
