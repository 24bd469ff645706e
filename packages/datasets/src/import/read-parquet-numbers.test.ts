import { readFileSync } from 'node:fs';
import { parseCsvText } from '@latentkit/formats';
import { expect, it } from 'vitest';
import { readParquetNumbers } from './read-parquet-numbers.ts';

const fixture = (name: string) => ({
  name,
  bytes: new Uint8Array(readFileSync(`${import.meta.dirname}/../../fixtures/${name}`)),
});

it('reads the columns that are numbers, and says which are not', async () => {
  // Written of the same rows as trees.csv: fixtures/make-tables.py.
  const { pixels, notes } = await readParquetNumbers(fixture('trees.parquet'));
  const { columns = [], cells, rows } = parseCsvText(fixture('trees.csv').bytes);
  const numbersOf = (name: string) =>
    cells[columns.indexOf(name)]!.map((cell) => Number(cell.replace(',', '.')));
  const [length, rings] = [numbersOf('length'), numbersOf('rings')];
  expect(pixels.shape).toEqual([rows, 2]);
  expect([...pixels.data]).toEqual(length.flatMap((one, row) => [one, rings[row]]));
  expect(notes.join()).toMatch(
    /what is no number in every row is left out: 'colour', 'ripe', 'site', 'species'/,
  );
  const { labels } = await readParquetNumbers(fixture('trees.parquet'), { labelColumn: 'species' });
  const species = cells[columns.indexOf('species')]!;
  expect([...labels!.labels].map((label) => labels!.names![label])).toEqual(species);
});

it('reads lists of one length as columns, with the classes of a column called so', async () => {
  const { pixels, labels } = await readParquetNumbers(fixture('pixels.parquet'));
  expect(pixels.shape[0]).toBe(labels?.labels.length);
  expect(pixels.data.length).toBe(pixels.shape[0]! * pixels.shape[1]!);
  expect([...pixels.data].every(Number.isFinite)).toBe(true);
});

it('refuses pictures, other files and cut ones by their names', async () => {
  await expect(readParquetNumbers(fixture('train-00000-of-00002.parquet'))).rejects.toThrow(
    'train-00000-of-00002.parquet: its rows are pictures',
  );
  await expect(readParquetNumbers(fixture('trees.csv'))).rejects.toThrow(
    'trees.csv: expected a Parquet table',
  );
  const { name, bytes } = fixture('trees.parquet');
  await expect(readParquetNumbers({ name, bytes: bytes.subarray(0, 300) })).rejects.toMatchObject({
    code: 'E_FORMAT',
    message: expect.stringMatching(/^trees\.parquet: /),
  });
});
