import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeNpy, encodeNpyHeader } from './encode-npy.ts';

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/${name}.npy`, import.meta.url)));

describe('encodeNpy', () => {
  it.each([
    ['f4-le', [2, 3], Float32Array.of(-2, -1, 0, 1, 2, 3)],
    ['f8-le', [2, 3], Float64Array.of(-2, -1, 0, 1, 2, 3)],
    ['i2-le', [2, 3], Int16Array.of(-2, -1, 0, 1, 2, 3)],
    ['u4-le', [2, 3], Uint32Array.of(0, 1, 2, 3, 4, 5)],
    ['vector', [300], Uint8Array.from({ length: 300 }, (_, i) => i)],
    ['scalar', [], Float64Array.of(2.5)],
    ['empty', [0, 3], new Float32Array()],
  ])("writes %s byte for byte as NumPy's save", (name, shape, data) => {
    expect(encodeNpy({ shape, data })).toEqual(fixture(name));
  });

  it('writes 64-bit numbers as NumPy does', () => {
    const data = BigInt64Array.of(-2n, -1n, 0n, 1n, 2n, 3n);
    expect(encodeNpy({ shape: [2, 3], data })).toEqual(fixture('i8-le'));
  });

  it('writes the header alone, for numbers that come later', () => {
    const file = fixture('vector'); // uint8, [300]
    const header = encodeNpyHeader([300], 'uint8');
    expect(header).toEqual(file.subarray(0, file.length - 300));
    expect(() => encodeNpyHeader([1.5], 'uint8')).toThrow(expect.objectContaining({ code: 'E_SHAPE' }));
    expect(() => encodeNpyHeader([1], 'bytes' as never)).toThrow(
      expect.objectContaining({ code: 'E_UNKNOWN_NAME' }),
    );
  });

  it('refuses a shape that does not fit the data', () => {
    expect(() => encodeNpy({ shape: [2], data: new Float32Array(3) })).toThrow(
      expect.objectContaining({ code: 'E_SHAPE' }),
    );
  });
});
