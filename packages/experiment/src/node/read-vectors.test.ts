import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { expect, it } from 'vitest';
import { tempDirectory } from '../testing/temp-directory.ts';
import { readLabels, readVectors } from './read-vectors.ts';

function write(name: string, content: string | Uint8Array): string {
  const path = join(tempDirectory(), name);
  writeFileSync(path, content);
  return path;
}
const code = (one: string) => expect.objectContaining({ code: one });

it.each([Uint8Array, Float32Array, Float64Array])('vectors of an array are float32: %o', async (Type) => {
  const path = write('v.npy', encodeNpy({ shape: [2, 3], data: Type.from([1, 2, 3, 4, 5, 6]) }));
  expect(await readVectors(path)).toEqual({
    data: Float32Array.of(1, 2, 3, 4, 5, 6),
    count: 2,
    dimensions: 3,
    rows: 2,
  });
});

it('axes beyond the first are flattened, and the first vectors taken', async () => {
  const data = Uint8Array.from({ length: 24 }, (_, i) => i);
  const path = write('images.npy', encodeNpy({ shape: [3, 2, 4], data }));
  expect(await readVectors(path, { most: 2 })).toEqual({
    data: Float32Array.from(data.slice(0, 16)),
    count: 2,
    dimensions: 8,
    rows: 3,
  });
});

it('a table has a vector a row', async () => {
  const path = write('v.csv', 'x,y\n1,2\n3,4.5\n');
  expect(await readVectors(path)).toEqual({
    data: Float32Array.of(1, 2, 3, 4.5),
    count: 2,
    dimensions: 2,
    rows: 2,
  });
});

it('columns of float64 that float32 cannot hold keep their distances', async () => {
  const seconds = Float64Array.of(1.7e9, 1.7e9 + 1, 1.7e9 + 2);
  const path = write('v.npy', encodeNpy({ shape: [3, 1], data: seconds }));
  expect((await readVectors(path)).data).toEqual(Float32Array.of(-1, 0, 1));
});

it('guesses about a table are told, and what was said about it is obeyed', async () => {
  const path = write('v.csv', '0,1,2\n5,6,7\n');
  const notes: string[] = [];
  const onNote = (note: string) => notes.push(note);
  expect(await readVectors(path, { onNote })).toMatchObject({ count: 1 });
  expect(notes).toEqual([expect.stringContaining(`${path}: line 1 (0, 1, 2) is read as the names`)]);
  expect(await readVectors(path, { header: false, onNote })).toMatchObject({ count: 2 });
  expect(await readLabels(write('l.csv', '0\n1\n'), { header: true, onNote })).toEqual({
    labels: Int32Array.of(1),
  });
  expect(notes).toHaveLength(1);
});

it('labels are whole numbers, one a row', async () => {
  const labelsOf = async (text: string) => (await readLabels(write('l.csv', text))).labels;
  expect(await labelsOf('label\n3\n0\n')).toEqual(Int32Array.of(3, 0));
  expect(await labelsOf('label\n-1\n0\n')).toEqual(Int32Array.of(-1, 0));
  await expect(labelsOf('-2\n')).rejects.toThrow(code('E_RANGE'));
  await expect(labelsOf('1.5\n')).rejects.toThrow(code('E_RANGE'));
  await expect(labelsOf('1,2\n')).rejects.toThrow(code('E_SHAPE'));
  await expect(labelsOf('1\n\n2\n')).rejects.toThrow(code('E_FORMAT'));
});

it('labels may be names; a first one that does not come again is that of the column, with a word', async () => {
  const notes: string[] = [];
  const onNote = (note: string) => notes.push(note);
  const path = write('l.csv', 'kind\ndog\ncat\ndog\n');
  expect(await readLabels(path, { onNote })).toEqual({
    labels: Int32Array.of(1, 0, 1),
    names: ['cat', 'dog'],
  });
  expect(notes).toEqual([expect.stringContaining('line 1 (kind) is read as the name of the column')]);
  expect((await readLabels(path, { header: false, onNote })).names).toEqual(['cat', 'dog', 'kind']);
  expect((await readLabels(write('l.csv', 'dog\ncat\ndog\n'), { onNote })).labels).toHaveLength(3);
  expect(notes).toHaveLength(1);
});

it('standardised columns have mean 0 and deviation 1 over the vectors that are used', async () => {
  const path = write('v.csv', 'a,b\n1,5\n3,5\n1000,5\n');
  expect((await readVectors(path, { most: 2, standardize: true })).data).toEqual(
    Float32Array.of(-1, 0, 1, 0),
  );
});

it('a column of few whole numbers is told, unless the table is made of such', async () => {
  const row = (kind: number) => (_: unknown, i: number) => `${i / 7},${(60 - i) / 5},${i % kind}`;
  const table = (kind: number) =>
    write('t.csv', `x,y,kind\n${Array.from({ length: 60 }, row(kind)).join('\n')}\n`);
  const notesOf = async (path: string, options = {}) => {
    const notes: string[] = [];
    await readVectors(path, { ...options, onNote: (note) => notes.push(note) });
    return notes;
  };
  expect(await notesOf(table(3))).toEqual([
    expect.stringContaining("column 'kind' has 3 values, all of them whole numbers"),
  ]);
  expect(await notesOf(table(13))).toEqual([]);
  expect(await notesOf(table(3), { textColumn: 'kind' })).toEqual([]);
  const digits = Array.from({ length: 60 }, (_, i) => [0, 1, 2, 3].map((j) => (i * j) % 5).join(','));
  expect(await notesOf(write('d.csv', `a,b,c,d\n${digits.join('\n')}\n`))).toEqual([]);
});

it('what holds no vectors is refused', async () => {
  await expect(readVectors(write('v.txt', '1'))).rejects.toThrow(code('E_FORMAT'));
  await expect(readVectors(write('v.npy', 'no array'))).rejects.toThrow(code('E_FORMAT'));
  await expect(readVectors(join(tempDirectory(), 'none.npy'))).rejects.toThrow(code('E_NOT_FOUND'));
  const flat = encodeNpy({ shape: [4], data: new Float32Array(4) });
  await expect(readVectors(write('flat.npy', flat))).rejects.toThrow('[count, dimensions]');
});

it('a column that is nearly all of the variance by its unit is told, unless columns are standardised', async () => {
  const rows = Array.from({ length: 50 }, (_, i) => `${(i % 7) + 0.5},${900 + 10 * i}`);
  const path = write('t.csv', `hue,proline\n${rows.join('\n')}\n`);
  const data = Float64Array.from(rows.flatMap((row) => row.split(',').map(Number)));
  const array = write('t.npy', encodeNpy({ shape: [50, 2], data }));
  const notesOf = async (standardize: boolean, file = path) => {
    const notes: string[] = [];
    await readVectors(file, { standardize, onNote: (note) => notes.push(note) });
    return notes;
  };
  // Variances by hand: 100 (50^2 - 1) / 12 = 20825 beside 3.93
  expect(await notesOf(false)).toEqual([
    expect.stringContaining("column 'proline' is 99.9% of the variance"),
  ]);
  expect(await notesOf(false, array)).toEqual([
    expect.stringContaining('column 1 (from 0) is 99.9% of the variance'),
  ]);
  expect(await notesOf(true)).toEqual([]);
  expect(await notesOf(true, array)).toEqual([]);
});
