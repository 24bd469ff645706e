import type { TableColumn } from '@latentkit/core/table';
import { describe, expect, it } from 'vitest';
import { type ImportSetsOptions, importSets } from '../import/import-sets.ts';
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
    expect(rounded(columns)).toEqual(rounded(trees.columns));
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
    expect(rows).toEqual(
      trees.cells.map((cells) =>
        cells.map((cell) => (typeof cell === 'number' ? expect.closeTo(cell, 4) : cell)),
      ),
    );
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

it.each<[string, string, ImportSetsOptions | undefined, string, string]>([
  [
    'a word among numbers',
    `a\n${'1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n'}x\n`,
    undefined,
    'E_FORMAT',
    'line 13, column "a": expected a finite number, got "x"',
  ],
  [
    'a column without a value',
    'a,b\n1,\n2,\n3,\n',
    undefined,
    'E_FORMAT',
    'its column "b" has no value in any row',
  ],
  [
    'words of too many kinds',
    `a\n${Array.from({ length: 101 }, (_, i) => `w${i}`).join('\n')}\n`,
    undefined,
    'E_RANGE',
    '101 different words',
  ],
  ['two columns of one name', 'a,a\n1,2\n3,4\n5,6\n', undefined, 'E_FORMAT', 'two columns are called "a"'],
  [
    'a use of no column',
    'a,b\n1,2\n3,4\n5,6\n',
    { uses: { c: 'ignore' } },
    'E_UNKNOWN_NAME',
    'there is no column "c"',
  ],
  [
    'a label that is not there',
    'a,b\n1,2\n3,4\n5,6\n',
    { labelColumn: 'c' },
    'E_UNKNOWN_NAME',
    'no column "c"',
  ],
  ['nothing to learn', 'a,b\n1,2\n1,2\n', undefined, 'E_FORMAT', 'no column of it says anything'],
  ['a use that there is not', 'a\n1\n2\n3\n', { uses: { a: 'float' } } as never, 'E_CONFIG', 'a: "float"'],
])('refuses %s', async (_, content, options, code, message) => {
  await expect(ofText(content, options)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});

it('refuses two tables of one part, and what is no table', async () => {
  const one = text('a,b\n1,x\n3,y\n5,x\n');
  await expect(importOf({ 'a.csv': one, 'b.csv': one })).rejects.toThrow('both tables of one part');
  await expect(importOf({ 'a.npy': fixture('unnamed.npz') })).rejects.toMatchObject({ code: 'E_FORMAT' });
});
