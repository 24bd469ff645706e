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
  expect(await readLabels(write('l.csv', '0\n1\n'), { header: true, onNote })).toEqual(Int32Array.of(1));
  expect(notes).toHaveLength(1);
});

it('labels are whole numbers, one a row', async () => {
  expect(await readLabels(write('l.csv', 'label\n3\n0\n'))).toEqual(Int32Array.of(3, 0));
  expect(await readLabels(write('l.csv', 'label\n-1\n0\n'))).toEqual(Int32Array.of(-1, 0));
  await expect(readLabels(write('l.csv', '-2\n'))).rejects.toThrow(code('E_RANGE'));
  await expect(readLabels(write('l.csv', '1.5\n'))).rejects.toThrow(code('E_RANGE'));
  await expect(readLabels(write('l.csv', '1,2\n'))).rejects.toThrow(code('E_SHAPE'));
});

it('what holds no vectors is refused', async () => {
  await expect(readVectors(write('v.txt', '1'))).rejects.toThrow(code('E_FORMAT'));
  await expect(readVectors(write('v.npy', 'no array'))).rejects.toThrow(code('E_FORMAT'));
  await expect(readVectors(join(tempDirectory(), 'none.npy'))).rejects.toThrow(code('E_NOT_FOUND'));
  const flat = encodeNpy({ shape: [4], data: new Float32Array(4) });
  await expect(readVectors(write('flat.npy', flat))).rejects.toThrow('[count, dimensions]');
});
