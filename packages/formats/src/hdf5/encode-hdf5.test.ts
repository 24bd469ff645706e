import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeHdf5 } from './encode-hdf5.ts';

const counted = (...shape: number[]) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i / 3),
});

// fixtures/check_hdf5.py has h5py read the file, and prints what it found.
it('is the file that h5py has read', () => {
  const file = encodeHdf5({
    layers: { conv2d: { vars: { 0: counted(3, 3, 1, 2), 1: counted(2) } }, dense_1: {} },
    number: counted(),
  });
  expect(Buffer.from(file).equals(readFileSync(`${import.meta.dirname}/../../fixtures/arrays.h5`))).toBe(
    true,
  );
});

describe('refuses', () => {
  it.each([
    ['another count of numbers', { a: { shape: [3], data: new Float32Array(2) } }, 'E_SHAPE'],
    ['no numbers', { a: { shape: [0, 2], data: new Float32Array(0) } }, 'E_SHAPE'],
    ['a name with a slash', { 'a/b': counted(1) }, 'E_RANGE'],
    ['an empty name', { '': counted(1) }, 'E_RANGE'],
    ['a name too long', { ['x'.repeat(256)]: counted(1) }, 'E_RANGE'],
    ['nothing', undefined as never, 'E_USAGE'],
  ] as const)('%s', (_, root, code) => {
    expect(() => encodeHdf5(root)).toThrow(expect.objectContaining({ code }));
  });
});
