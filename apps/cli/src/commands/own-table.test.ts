import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCsvText } from '@latentkit/formats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runHere } from '../testing/run-here.ts';

const cwd = mkdtempSync(join(tmpdir(), 'latentkit-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));
const SHORT = ['--epochs', '2', '--batch-size', '20', '--eager'];

beforeAll(async () => {
  const rows = Array.from({ length: 60 }, (_, i) =>
    [
      Math.sin(i).toFixed(3),
      i % 7,
      ['red', 'green', 'blue'][i % 3],
      i % 2 ? 'yes' : 'no',
      i < 30 ? 'early' : 'late',
    ].join(','),
  );
  writeFileSync(join(cwd, 'trees.csv'), `length,rings,colour,ripe,season\n${rows.join('\n')}\n`);
  const given = [
    'train',
    '--data',
    'trees.csv',
    '--dataset',
    'table',
    '--label-column',
    'season',
    '--columns',
    'rings=category',
  ];
  const { code, stderr } = await runHere([...given, '--out', 'run', ...SHORT], { cwd });
  expect([code, stderr]).toEqual([0, expect.stringContaining('table on arrays')]);
  expect(stderr).toContain(
    'Note: trees.csv: its columns are 1 of numbers (length), 1 of two values (ripe), 2 of several values (rings, colour)',
  );
});

test('train on a table keeps how it was read, its columns with the model, and figures that fit it', () => {
  const read = (name: string) => JSON.parse(readFileSync(join(cwd, 'run', name), 'utf8'));
  expect(read('config.json').dataset).toEqual({
    ...{ name: 'arrays', source: 'table', labelColumn: 'season', uses: { rings: 'category' } },
  });
  expect(read('model.json').spec.likelihood.columns.map(({ name }: { name: string }) => name)).toEqual([
    'length',
    'rings',
    'colour',
    'ripe',
  ]);
  expect(readFileSync(join(cwd, 'run', 'figures', 'columns.svg'), 'utf8')).toContain('colour');
});

test('a CSV whose rows can be no images is read as a table without being called one, as flags say it is written', async () => {
  const rows = Array.from(
    { length: 30 },
    (_, i) => `${i % 7},5|${i % 3 ? 'clay' : 'sand'}|${i % 2 ? 'yes' : 'no'}`,
  );
  writeFileSync(join(cwd, 'plain.csv'), rows.join('\n'));
  const given = ['train', '--data', 'plain.csv', '--delimiter', '|', '--decimal', ',', '--header', 'no'];
  const { code, stderr } = await runHere([...given, '--out', 'plain', ...SHORT], { cwd });
  expect([code, stderr]).toEqual([
    0,
    expect.stringContaining('27 training and 3 validation rows of 3 columns'),
  ]);
  const { dataset } = JSON.parse(readFileSync(join(cwd, 'plain', 'config.json'), 'utf8'));
  expect(dataset).toMatchObject({ source: 'table', delimiter: '|', decimal: ',', header: false });
});

test('sample gives rows of the same columns, the same for the same seed, to stdout and to a file', async () => {
  const sample = ['sample', 'run', '--count', '12', '--seed', '3'];
  const { code, stdout } = await runHere(sample, { cwd });
  const { columns, cells, rows } = parseCsvText(stdout);
  expect([code, columns, rows]).toEqual([0, ['length', 'rings', 'colour', 'ripe'], 12]);
  expect(cells[0]!.every((cell) => Number.isFinite(Number(cell)))).toBe(true);
  expect(cells[2]!.every((cell) => ['red', 'green', 'blue'].includes(cell))).toBe(true);
  expect((await runHere([...sample, '--out', 'more.csv'], { cwd })).code).toBe(0);
  expect(readFileSync(join(cwd, 'more.csv'), 'utf8')).toBe(stdout);
  const fitted = await runHere([...sample, '--from', 'aggregate', '--data', 'trees.csv', '--set', 'train'], {
    cwd,
  });
  expect([fitted.code, parseCsvText(fitted.stdout).rows]).toEqual([0, 12]);
  expect(fitted.stdout).not.toBe(stdout);
});

test('evaluate finds the rows that the model never learned from, and reads other tables by its columns', async () => {
  const own = await runHere(['evaluate', 'run', '--data', 'trees.csv', '--json'], { cwd });
  expect([own.code, own.stdout]).toEqual([0, expect.stringContaining('validation rows of trees.csv')]);
  writeFileSync(
    join(cwd, 'other.csv'),
    'ripe,colour,rings,length,season\nyes,red,3,100,early\nno,blue,2,0.5,late\n',
  );
  const other = await runHere(['evaluate', 'run', '--data', 'other.csv', '--json'], { cwd });
  expect([other.code, other.stderr]).toEqual([0, expect.stringContaining('other rows')]);
});

test('training goes on with the table', async () => {
  const { code } = await runHere(
    ['train', '--resume', 'run', '--epochs', '3', '--eager', '--json', '--data', 'trees.csv'],
    { cwd },
  );
  expect(code).toBe(0);
});

test('a model of a table is trained further on other rows, by the columns that it knows', async () => {
  const lines = readFileSync(join(cwd, 'trees.csv'), 'utf8').split('\n');
  writeFileSync(join(cwd, 'half.csv'), lines.slice(0, 31).join('\n'));
  const given = ['train', '--from', 'run', '--data', 'half.csv', '--out', 'further', ...SHORT];
  expect((await runHere(given, { cwd })).code).toBe(0);
  const columnsOf = (run: string) =>
    JSON.parse(readFileSync(join(cwd, run, 'model.json'), 'utf8')).spec.likelihood.columns;
  expect(columnsOf('further')).toEqual(columnsOf('run'));
  const report = readFileSync(join(cwd, 'further', 'report.html'), 'utf8');
  expect(report).toContain('train --recipe table --data table.csv --from run');
  expect(report).not.toContain('model.likelihood');
  const resume = ['train', '--resume', 'further', '--epochs', '3', '--eager', '--json', '--data', 'half.csv'];
  expect((await runHere(resume, { cwd })).code).toBe(0);
  const none = await runHere(['train', '--from', 'run', '--epochs', '1'], { cwd });
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('its table was your own')]);
});

test('a model of images is not trained further on a table', async () => {
  await runHere(['train', '--limit', '40', '--epochs', '1', '--batch-size', '20', '--out', 'pictures'], {
    cwd,
  });
  const { code, stderr } = await runHere(['train', '--from', 'pictures', '--data', 'trees.csv'], { cwd });
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining(
      '--from pictures: its model is of images, and the data are a table. Leave --from out, or give images',
    ),
  ]);
});

test.each([
  [['sample', 'run', '--grid', '2x2'], 2, /--grid is for pictures, and the model is of a table/],
  [['sample', 'run', '--out', 'rows.png'], 2, /expected a file that ends in \.csv/],
  [
    ['reconstruct', 'run', '--data', 'trees.csv'],
    2,
    /its rows are no pictures\. Rows that it makes: sample run --out rows\.csv/,
  ],
  [['export', 'run', '--to', 'onnx', '--out', 'out'], 2, /export --to onnx: the model is of a table/],
  [
    ['export', 'run', '--to', 'hub-folder', '--out', 'out'],
    2,
    /export --to hub-folder: the model is of a table/,
  ],
  [['compare', 'run', 'run', '--out', 'two.html'], 2, /with --data FILE, or leave .* out: --no-pictures/],
  [
    ['train', '--data', 'trees.csv', '--dataset', 'table', '--batch-size', '55', '--out', 'none'],
    2,
    /at most 54: batchSize, --batch-size/,
  ],
  [
    ['train', '--recipe', 'table', '--out', 'none'],
    2,
    /wants the columns of a table, and got none.*--data FILE --dataset table/,
  ],
  [
    ['train', '--data', 'gaps.csv', '--dataset', 'table', '--out', 'none'],
    1,
    /gaps\.csv: line 3, column "b": a value is missing.*--missing drop/,
  ],
  [
    ['train', '--data', 'trees.csv', '--dataset', 'table', '--columns', 'rings', '--out', 'none'],
    2,
    /expected NAME=number, category or ignore, got rings/,
  ],
  [
    ['train', '--data', 'wide.csv', '--dataset', 'csv', '--out', 'none'],
    2,
    /where columns are measurements: --dataset table/,
  ],
])('%j exits %i in one line', async (given, expected, message) => {
  writeFileSync(join(cwd, 'gaps.csv'), 'a,b\n1,2\n3,\n4,5\n');
  writeFileSync(join(cwd, 'wide.csv'), 'a,b,c\n0.1,0.2,0.3\n0.3,0.4,0.5\n');
  copyFileSync(join(cwd, 'trees.csv'), join(cwd, 'same.csv'));
  const { code, stderr } = await runHere([...given], { cwd });
  expect([code, stderr]).toEqual([expected, expect.stringMatching(message)]);
});
