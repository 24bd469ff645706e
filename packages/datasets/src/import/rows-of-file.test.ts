import type { ImageSource } from '@latentkit/core';
import { encodeNpy } from '@latentkit/formats';
import { describe, expect, it } from 'vitest';
import { readExamples } from '../read-examples.ts';
import { pixelsOfArray } from './pixels-of-array.ts';
import { type FilePieces, rowsOfFile, sourceOfRows } from './rows-of-file.ts';

const LOOKS = { size: undefined, channels: 'auto', fit: 'crop', background: 'white' } as const;

/** Bytes as a file that is read at places. */
function filed(bytes: Uint8Array): FilePieces {
  return { size: bytes.length, read: (from, to) => bytes.slice(from, to) };
}

const pattern = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i * 37) % 256);

describe('an array of bytes that stays in its file', () => {
  it.each([
    ['grey images', [7, 5, 6], {}],
    ['colour', [7, 5, 6, 3], {}],
    ['channels first', [7, 3, 5, 6], {}],
    ['rows', [7, 36], {}],
    ['rows of a told size', [7, 20], { size: { width: 5, height: 4 } }],
    ['another size', [7, 5, 6], { size: { width: 3, height: 3 }, fit: 'pad' }],
    ['grey of colour', [7, 5, 6, 3], { channels: 1 }],
  ] as const)('has what the whole array has: %s', async (_, shape, looks) => {
    const data = pattern(shape.reduce((product, side) => product * side, 1));
    const options = { ...LOOKS, ...looks };
    const { rows } = rowsOfFile(filed(encodeNpy({ shape, data })), 1)!;
    const { set, notes } = sourceOfRows('x.npy', rows, options);
    const expected = pixelsOfArray({ name: 'x.npy', shape, data, stored: 'int' }, options);
    expect(notes).toEqual(expected.notes);
    expect(await readExamples(set)).toEqual(expected.set);
    for (const indices of [[3], [6, 0, 1, 2, 2, 5]]) {
      expect(await readExamples(set, indices)).toEqual(await readExamples(expected.set, indices));
    }
  });

  it.each([
    ['columns first', Uint8Array, 'columns first', 'np.ascontiguousarray'],
    ['floats', Float32Array, 'as <f4', "astype('uint8')"],
  ])('larger than memory and of %s is told how to be saved', (_, Kind, what, fix) => {
    const bytes = encodeNpy({ shape: [2, 3], data: new Kind(6) });
    const text = Buffer.from(bytes).toString('latin1');
    const turned = text.replace("'fortran_order': False", "'fortran_order': True ");
    const head = Kind === Uint8Array ? new Uint8Array(Buffer.from(turned, 'latin1')) : bytes;
    const large = { size: 2 ** 31, read: (from: number, to: number) => head.slice(from, to) };
    expect(() => rowsOfFile(large)).toThrow(expect.objectContaining({ code: 'E_LIMIT' }));
    expect(() => rowsOfFile(large)).toThrow(what);
    expect(() => rowsOfFile(large)).toThrow(fix.replace('np.', 'numpy.'));
  });

  it('is no matter for small files, other files, other numbers and columns first', () => {
    const bytes = encodeNpy({ shape: [2, 3], data: pattern(6) });
    expect(rowsOfFile(filed(bytes))).toBeUndefined();
    expect(rowsOfFile(filed(pattern(90)), 1)).toBeUndefined();
    expect(rowsOfFile(filed(encodeNpy({ shape: [6], data: pattern(6) })), 1)).toBeUndefined();
    expect(rowsOfFile(filed(encodeNpy({ shape: [2, 3], data: new Float32Array(6) })), 1)).toBeUndefined();
    const text = new TextDecoder('latin1')
      .decode(bytes)
      .replace("'fortran_order': False", "'fortran_order': True ");
    expect(rowsOfFile(filed(Uint8Array.from(text, (one) => one.charCodeAt(0))), 1)).toBeUndefined();
  });

  it('is refused where it is cut off, and where its numbers are 0 and 1', () => {
    const bytes = encodeNpy({ shape: [2, 3, 3], data: pattern(18) });
    expect(() => rowsOfFile(filed(bytes.subarray(0, -1)), 1)).toThrow(/needs 146 bytes, got 145/);
    const binary = encodeNpy({ shape: [2, 3, 3], data: pattern(18).map((byte) => byte % 2) });
    expect(() => sourceOfRows('x.npy', rowsOfFile(filed(binary), 1)!.rows, LOOKS)).toThrow(
      'x.npy: expected brightness from 0 to 255, got 0 and 1 alone in 2 images',
    );
    const black: { set: ImageSource } = sourceOfRows(
      'x.npy',
      rowsOfFile(filed(encodeNpy({ shape: [2, 3, 3], data: new Uint8Array(18) })), 1)!.rows,
      LOOKS,
    );
    expect(black.set.count).toBe(2);
  });
});
