import type { TableColumn } from '@latentkit/core/table';
import { describe, expect, it } from 'vitest';
import { importFiles } from '../import/import-files.ts';
import type { ImportSetsOptions } from '../import/import-options.ts';
import { importSets } from '../import/import-sets.ts';
import { fixture, jsonFixture } from '../testing/fixture.ts';
import { files, text } from '../testing/import-of.ts';
import { decodeTable } from './decode-table.ts';

interface Trees {
  columns: TableColumn[];
  rows: number[];
  species: string[];
  cells: (number | string)[][];
}
// By pandas: fixtures/make-tables.py.
const trees = jsonFixture<Trees>('trees.json');
const importOf = (contents: Record<string, Uint8Array>, options: ImportSetsOptions = {}) =>
  importSets(files(contents), { source: 'table', ...options });
const ofText = (content: string, options?: ImportSetsOptions) =>
  importOf({ 't.csv': text(content) }, options);

const rounded = (columns: readonly TableColumn[] | undefined) =>
  columns?.map((column) =>
    column.type === 'gaussian'
      ? { ...column, mean: column.mean.toFixed(9), deviation: column.deviation.toFixed(9) }
      : column,
  );

describe.each(['trees.csv', 'trees.parquet'])('the table %s', (name) => {
  it('has the columns and rows of pandas: standardised, one-hot, 0 and 1; classes of the column that is asked for', async () => {
    const { parts, columns, classNames, report } = await importOf(
      { [name]: fixture(name) },
      { labelColumn: 'species' },
    );
    expect(rounded(columns)).toMatchObject(rounded(trees.columns)!);
    expect(parts.train).toMatchObject({ count: 9, shape: { height: 1, width: 6, channels: 1 } });
    expect([...parts.train.images]).toEqual(trees.rows.map((value) => expect.closeTo(value, 6)));
    expect(Array.from(parts.train.labels!, (label) => classNames![label])).toEqual(trees.species);
    expect(report.notes).toEqual(
      expect.arrayContaining([
        `${name}: its column "site" has one value in all rows and is left out`,
        `${name}: its columns are 2 of numbers (length, rings), 1 of two values (ripe), 1 of several values (colour)`,
      ]),
    );
  });

  it('is written again as it was', async () => {
    const { parts, columns } = await importOf({ [name]: fixture(name) }, { labelColumn: 'species' });
    const rows = decodeTable(columns!, parts.train.images as Float32Array);
    expect(rows).toEqual(trees.cells); // to the last digit: whole numbers whole, and no 2.9999999
  });
});

describe('columns', () => {
  it('are what somebody says: numbers as categories, and others left out', async () => {
    const { columns } = await ofText('id,rooms,size\n1,2,3.5\n2,3,4\n3,10,5\n4,2,6\n', {
      uses: { id: 'ignore', rooms: 'category' },
    });
    expect(columns!.map(({ name, type }) => [name, type])).toEqual([
      ['rooms', 'categorical'],
      ['size', 'gaussian'],
    ]);
    expect(columns![0]).toMatchObject({ values: ['2', '3', '10'] });
  });

  it('that number the rows are left out, and a label that is guessed is told', async () => {
    const { columns, classNames, report } = await ofText(',a,b,label\n0,1.5,2,x\n1,2,3,y\n2,4,7,x\n');
    expect(columns!.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(classNames).toEqual(['x', 'y']);
    expect(report.notes).toEqual([
      't.csv: its column "label" is read as the classes, which the model is not told',
      't.csv: its column "" numbers the rows and is left out',
      't.csv: its columns are 2 of numbers (a, b)',
    ]);
  });

  it('of a test table are those of the training table', async () => {
    const contents = { 'train.csv': text('a,b\n1,x\n3,y\n5,x\n'), 'test.csv': text('b,a\ny,3\n') };
    const { parts, columns } = await importOf(contents);
    expect([...parts.test!.images]).toEqual([0, 1]);
    const again = await importOf({ 'more.csv': text('b,a\nx,1\n') }, { columns });
    expect([...again.parts.train.images]).toEqual([expect.closeTo(-Math.sqrt(1.5), 6), 0]);
    const other = { ...contents, 'test.csv': text('b,a\nz,3\n') };
    await expect(importOf(other)).rejects.toThrow(
      'test.csv: line 2, column "b": expected one of x, y, got "z"',
    );
  });
});

it('takes no column of as many values as rows for classes, and a word in it for a mistake', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i},${i === 7 ? 'oops' : i * i}`);
  await expect(ofText(`x,y\n${rows.join('\n')}\n`)).rejects.toThrow(
    't.csv: line 9, column "y": expected a finite number, got "oops"',
  );
});

describe('what a reader should know of columns', () => {
  const notesOf = async (content: string, options?: ImportSetsOptions) => {
    const { columns, report } = await ofText(content, options);
    return { columns: columns!.map(({ name, type }) => [name, type]), notes: report.notes.join('\n') };
  };
  const rowsOf = (count: number, row: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => `${row(i)}\n`).join('');

  it('a number of each row by its name, which is left out unless somebody says what it is', async () => {
    const content = `PassengerId,age\n${rowsOf(30, (i) => `${7 * i},${i % 5}`)}`;
    expect(await notesOf(content)).toMatchObject({
      columns: [['age', 'gaussian']],
      notes: expect.stringContaining('"PassengerId" numbers the rows and is left out: if it measures'),
    });
    expect((await notesOf(content, { uses: { PassengerId: 'number' } })).columns).toHaveLength(2);
    const { columns, notes } = await notesOf(`pay,age\n${rowsOf(30, (i) => `${7 * i},${i % 5}`)}`);
    expect([columns.length, notes]).toEqual([
      2,
      expect.stringContaining('another whole number in every row'),
    ]);
  });

  it('digits with leading zeros are words, and stay what they are', async () => {
    const content = `zip,age\n${rowsOf(30, (i) => `${['02139', '10001', '99501'][i % 3]},${i % 5}`)}`;
    const { columns, notes } = await notesOf(content);
    expect(columns[0]).toEqual(['zip', 'categorical']);
    expect(notes).toContain('Digits with leading zeros, as "02139", are codes');
    const asNumbers = await notesOf(content, { uses: { zip: 'number' } });
    expect(asNumbers.columns[0]).toEqual(['zip', 'gaussian']);
  });

  it.each([
    ['$1,234.50', 'Numbers are written without signs and marks of thousands, not as "$1,234.50"'],
    ['12 %', 'not as "12 %"'],
    ['12,5', `Its decimals stand behind commas, as in "12,5": decimal: ','`],
    ['1.234,56', 'not as "1.234,56"'],
    ['2024-03-01', 'Dates, as "2024-03-01", are no numbers'],
  ])('%s looks like a number, and is none', async (cell, said) => {
    const { notes } = await notesOf(`a,b\n${rowsOf(30, (i) => `"${cell}",${i % 5}`)}"x",1\n`);
    expect(notes).toContain(said);
  });

  it('an infinite number is no missing one', async () => {
    await expect(
      ofText('a,b\n1,2\ninf,3\n4,5\n2,3\n1,2\n2,3\n2,1\n4,1\n2,2\n7,8\n', { missing: 'drop' }),
    ).rejects.toThrow('t.csv: line 3, column "a": expected a finite number, got "inf"');
  });
});

describe('numbers at the ends of float64', () => {
  it.each([
    [[-1e308, 0, 1e308], 1e308 * Math.sqrt(2 / 3)],
    [[1e-200, 2e-200, 3e-200], 1e-200 * Math.sqrt(2 / 3)],
  ])('%j have a mean and a deviation', async (values, deviation) => {
    const { columns, parts } = await ofText(`a,b\n${values.map((value, i) => `${value},${i}\n`).join('')}`);
    const [column] = columns!;
    expect((column as { deviation: number }).deviation / deviation).toBeCloseTo(1, 12);
    expect([...parts.train.images].every(Number.isFinite)).toBe(true);
  });

  it('what float32 does not hold beside a column is named', async () => {
    const { columns } = await ofText('a,b\n1,2\n2,3\n3,5\n');
    await expect(ofText('a,b\n1e300,2\n', { columns: columns! })).rejects.toThrow(
      't.csv: line 2, column "a": expected a number not too far from 2 for float32, got "1e300"',
    );
  });
});

describe('standardisation', () => {
  const count = 40;
  const values = Array.from({ length: count }, (_, i) => (i === 17 ? 1e6 : (i * 7) % 13));
  const table = `x,kind\n${values.map((value, i) => `${value},${'ab'[i % 2]}`).join('\n')}\n`;

  it('is fitted to the rows to learn from alone', async () => {
    for (const seed of [0, 1, 2]) {
      const { dataset } = await importFiles(files({ 't.csv': text(table) }), {
        ...{ source: 'table', seed, validationFraction: 0.25 },
      });
      const [x] = dataset.columns!;
      if (x?.type !== 'gaussian') throw new Error('expected numbers');
      const back = (set: { images: ArrayLike<number>; count: number }) =>
        Array.from({ length: set.count }, (_, i) => set.images[2 * i]! * x.deviation + x.mean);
      const train = back(dataset.train);
      const mean = train.reduce((sum, value) => sum + value, 0) / train.length;
      const variance = train.reduce((sum, value) => sum + (value - mean) ** 2, 0) / train.length;
      expect(x.mean / mean).toBeCloseTo(1, 5);
      expect(x.deviation / Math.sqrt(variance)).toBeCloseTo(1, 5);
      const all = [...train, ...back(dataset.validation)].map((value) => Math.round(value) + 0); // no -0
      expect(all.toSorted((a, b) => a - b)).toEqual(values.toSorted((a, b) => a - b));
    }
  });

  it('is the same again for who reads the rows by those columns', async () => {
    const { dataset } = await importFiles(files({ 't.csv': text(table) }), { source: 'table' });
    const again = await ofText(table, { columns: dataset.columns! });
    const rows = (numbers: ArrayLike<number>) =>
      Array.from({ length: numbers.length / 2 }, (_, i) => `${numbers[2 * i]} ${numbers[2 * i + 1]}`);
    const known = new Set(rows(again.parts.train.images));
    expect(rows(dataset.train.images).every((row) => known.has(row))).toBe(true);
  });
});

describe('a CSV', () => {
  const utf16 = (content: string) => {
    const bytes = new Uint8Array(2 * content.length + 2);
    for (const [i, unit] of Array.from(`\ufeff${content}`, (c) => c.charCodeAt(0)).entries()) {
      bytes.set([unit & 255, unit >> 8], 2 * i);
    }
    return bytes;
  };

  it('of UTF-16, semicolons and decimal commas, as Excel writes it, is read as one of commas is', async () => {
    const plain = await ofText('höhe,art\n1.5,a\n2.5,b\n4,a\n');
    const excel = 'höhe;art\r\n1,5;a\r\n2,5;b\r\n4;a\r\n';
    for (const bytes of [utf16(excel), text(`\ufeff${excel}`)]) {
      const { columns, parts } = await importOf({ 't.csv': bytes });
      const [height, kind] = plain.columns!;
      expect([columns, parts.train.images]).toEqual([
        [{ ...height, decimal: ',' }, kind],
        plain.parts.train.images,
      ]);
    }
  });

  it('is read as somebody says: what stands between cells, before decimals, and in its first row', async () => {
    const { columns, parts } = await ofText('1,5|2|a\n2,5|3|b\n4,0|7|a\n', {
      ...{ delimiter: '|', decimal: ',', header: false },
    });
    expect(columns!.map(({ name, type }) => [name, type])).toEqual([
      ['column 1', 'gaussian'],
      ['column 2', 'gaussian'],
      ['column 3', 'bernoulli'],
    ]);
    expect(parts.train.count).toBe(3);
    await expect(ofText('a,b\n1,2\n', { delimiter: ',,' })).rejects.toThrow('must be one character');
    await expect(ofText('a,b\n1,2\n', { delimiter: ',', decimal: ',' })).rejects.toThrow("can't be both");
  });
});

it.each([
  ['a,b\n1,2\n2,3\n', { delimiter: ';' }, `each of its rows is one cell, as "1,2", where ";" stands`],
  ['title\n\na,b\n1,2\n', {}, 'lines above the table are to be taken out'],
])(
  'rows that another character cuts, and lines above them, are told with what to do',
  async (content, options, said) => {
    await expect(ofText(content, options)).rejects.toThrow(said);
  },
);

it('bars stand between cells, and decimals of Parquet are as many as they were', async () => {
  const { columns } = await ofText('a|b\n1.5|x\n2|y\n4|x\n');
  expect(columns).toMatchObject([{ name: 'a', decimals: 1 }, { name: 'b' }]);
  const { columns: noisy } = await ofText('a,b\n45.550000000000004,1\n1.1,2\n3,7\n');
  expect(noisy).toMatchObject([{ decimals: 2 }, { decimals: 0 }]);
});

describe('missing cells', () => {
  const gaps = 'a,b\n1,x\n,y\n5,\n9,x\n';

  it('are an error that names row and column, or leave their rows out, or are means and a category', async () => {
    await expect(ofText(gaps)).rejects.toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringContaining('t.csv: line 3, column "a": a value is missing'),
    });
    const dropped = await ofText(gaps, { missing: 'drop' });
    expect(dropped.parts.train.count).toBe(2);
    expect(dropped.report.notes).toContain('t.csv: 2 of 4 rows lack a value and are left out');
    const filled = await ofText(gaps, { missing: 'mean' });
    expect(filled.columns).toMatchObject([{ mean: 5 }, { type: 'categorical', values: ['', 'x', 'y'] }]);
    expect([...filled.parts.train.images].slice(4, 8)).toEqual([0, 0, 0, 1]);
  });
});

it('rows that are left out are told by which are kept', async () => {
  const { rows } = await ofText('a,b\n1,2\n,3\n4,5\n2,3\n', { missing: 'drop' });
  expect(rows).toEqual({ train: [0, 2, 3] });
  expect((await ofText('a,b\n1,2\n4,5\n2,3\n', { missing: 'drop' })).rows).toBeUndefined();
});

it('numbers are written with the decimals of their column, and large ones to the last digit', () => {
  const column = { type: 'gaussian', name: 'n', mean: 1_234_567_890, deviation: 10 } as const;
  expect(decodeTable([{ ...column, decimals: 0 }], Float32Array.of(0.31, -0.02))).toEqual([
    [1_234_567_893],
    [1_234_567_890],
  ]);
  expect(
    decodeTable([{ ...column, mean: 0.1, deviation: 0.1, decimals: 2 }], Float32Array.of(-1.04)),
  ).toEqual([[0]]);
  expect(decodeTable([{ ...column, mean: 0, deviation: 1 }], Float32Array.of(0.1))).toEqual([[0.1]]);
});

describe('drawn rows', () => {
  const columns: TableColumn[] = [
    { type: 'gaussian', name: 'x', mean: 10, deviation: 2 },
    { type: 'bernoulli', name: 'b', values: ['no', 'yes'] },
    { type: 'categorical', name: 'c', values: ['p', 'q', 'r'] },
  ];

  it('have the shares and the spread that the model says, and depend on the seed and their place alone', () => {
    const count = 4000;
    const means = Float32Array.from({ length: 5 * count }, (_, i) => [0.5, 0.3, 0.2, 0.7, 0.1][i % 5]!);
    const rows = decodeTable(columns, means, { seed: 3, sigma: [0.25] });
    const share = (column: number, value: string) =>
      rows.filter((row) => row[column] === value).length / count;
    expect([share(1, 'yes'), share(2, 'p'), share(2, 'q')]).toEqual(
      [0.3, 0.2, 0.7].map((one) => expect.closeTo(one, 1)),
    );
    const numbers = rows.map(([x]) => x as number);
    const mean = numbers.reduce((a, b) => a + b) / count;
    const deviation = Math.sqrt(numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count);
    expect([mean, deviation]).toEqual([expect.closeTo(11, 1), expect.closeTo(0.5, 1)]);
    expect(decodeTable(columns, means.subarray(0, 10), { seed: 3, sigma: [0.25] })).toEqual(rows.slice(0, 2));
    expect(decodeTable(columns, means.subarray(0, 5))).toEqual([[11, 'no', 'q']]);
  });

  it('refuse numbers that make none', () => {
    expect(() => decodeTable(columns, new Float32Array(7))).toThrow('rows of 5 numbers, got 7');
  });
});

it('reads columns by their cells, whatever they are called', async () => {
  const cells = '1.5,x,7\n2.5,y,9\n3.5,x,8\n';
  const kindsOf = async (names: string) =>
    (await ofText(`${names}\n${cells}`, {})).columns!.map(({ type }) => type);
  expect(await kindsOf('constructor,toString,valueOf')).toEqual(await kindsOf('a,b,c'));
});
