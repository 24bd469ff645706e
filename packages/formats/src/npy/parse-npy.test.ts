import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeNpy } from './encode-npy.ts';
import { parseNpy } from './parse-npy.ts';

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/${name}.npy`, import.meta.url)));
const fromZero = [0, 1, 2, 3, 4, 5];
const fromMinusTwo = [-2, -1, 0, 1, 2, 3];
const withHeader = (header: string, data: number[] = [], version = 1) =>
  new Uint8Array([
    ...[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, header.length & 255, header.length >> 8],
    ...(version === 1 ? [] : [0, 0]),
    ...new TextEncoder().encode(header),
    ...data,
  ]);

describe('parseNpy', () => {
  it.each([
    ['f4-le', Float32Array.from(fromMinusTwo)],
    ['f4-be', Float32Array.from(fromMinusTwo)],
    ['f8-le', Float64Array.from(fromMinusTwo)],
    ['f8-be', Float64Array.from(fromMinusTwo)],
    ['u1-le', Uint8Array.from(fromZero)],
    ['i1-le', Int8Array.from(fromMinusTwo)],
    ['i2-le', Int16Array.from(fromMinusTwo)],
    ['i2-be', Int16Array.from(fromMinusTwo)],
    ['u2-le', Uint16Array.from(fromZero)],
    ['i4-le', Int32Array.from(fromMinusTwo)],
    ['i4-be', Int32Array.from(fromMinusTwo)],
    ['u4-le', Uint32Array.from(fromZero)],
    ['i8-le', Float64Array.from(fromMinusTwo)],
    ['i8-be', Float64Array.from(fromMinusTwo)],
    ['f2-le', Float32Array.from(fromMinusTwo)],
    ['b1-le', Uint8Array.from([0, 1, 1, 1, 1, 1])],
  ])('reads %s as NumPy wrote it', (name, data) => {
    expect(parseNpy(fixture(name))).toEqual({ shape: [2, 3], data });
  });

  it('reads the headers of versions 2 and 3', () => {
    const expected = { shape: [3, 2], data: Int32Array.from(fromZero) };
    expect(parseNpy(fixture('version2'))).toEqual(expected);
    expect(parseNpy(fixture('version3'))).toEqual(expected);
  });

  it('turns Fortran order into rows', () => {
    expect(parseNpy(fixture('fortran'))).toEqual({
      shape: [2, 3, 4],
      data: Float32Array.from({ length: 24 }, (_, i) => i),
    });
  });

  it('reads scalars and empty arrays', () => {
    expect(parseNpy(fixture('scalar'))).toEqual({ shape: [], data: new Float64Array([2.5]) });
    expect(parseNpy(fixture('empty'))).toEqual({ shape: [0, 3], data: new Float32Array() });
  });

  it('reads 64-bit numbers that float64 holds exactly', () => {
    const signed = BigInt64Array.of(2n ** 60n, 2n ** 53n, -(2n ** 63n));
    expect(parseNpy(encodeNpy({ shape: [3], data: signed })).data).toEqual(
      Float64Array.of(2 ** 60, 2 ** 53, -(2 ** 63)),
    );
    expect(parseNpy(encodeNpy({ shape: [1], data: BigUint64Array.of(2n ** 63n) })).data).toEqual(
      Float64Array.of(2 ** 63),
    );
  });

  it('refuses a 64-bit number that float64 would round', () => {
    expect(() => parseNpy(fixture('int64-unsafe'))).toThrow(
      expect.objectContaining({
        code: 'E_RANGE',
        message: expect.stringContaining('9007199254740993 at index 1'),
      }),
    );
  });

  it.each([
    ['text', fixture('text'), "got '<U2'"],
    ['records', fixture('records'), 'records are not supported'],
    ['another format', new Uint8Array(20), 'expected \\x93NUMPY'],
    ['a version of the future', Uint8Array.from(fixture('f4-le'), (b, i) => (i === 6 ? 4 : b)), 'got 4.0'],
    ['numbers cut off', fixture('f4-le').subarray(0, 150), 'needs 152 bytes, got 150'],
    ['a header cut off', fixture('f4-le').subarray(0, 60), 'a header up to byte 128'],
    ['a missing key', withHeader("{'descr': '<f4', 'shape': (1,)}"), 'fortran_order'],
    ['an unknown key', withHeader("{'descr': '<f4', 'evil': 1}"), "'evil'"],
    ['code', withHeader("{'descr': __import__('os')}"), '__import__'],
    [
      'a number for a shape',
      withHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (1)}"),
      'a tuple of one',
    ],
    [
      'a negative size',
      withHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}"),
      'a whole number',
    ],
    [
      'words after the end',
      withHeader("{'descr': '<f4', 'fortran_order': False, 'shape': ()} x"),
      'nothing but',
    ],
  ])('refuses %s with E_FORMAT', (_, bytes, message) => {
    expect(() => parseNpy(bytes)).toThrow(
      expect.objectContaining({ code: 'E_FORMAT', message: expect.stringContaining(message) }),
    );
  });

  it('refuses sizes and headers beyond the limits', () => {
    const huge = withHeader("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999, 0)}");
    expect(() => parseNpy(huge)).toThrow(expect.objectContaining({ code: 'E_LIMIT' }));
    const rank = withHeader(`{'descr': '|u1', 'fortran_order': False, 'shape': (${'1,'.repeat(33)})}`, [1]);
    expect(() => parseNpy(rank)).toThrow(expect.objectContaining({ code: 'E_LIMIT' }));
    expect(() => parseNpy(fixture('f4-le'), { maxElements: 5 })).toThrow('at most 5 numbers');
    const header = withHeader(' '.repeat(0xffff), [], 2);
    header[11] = 0x7f;
    expect(() => parseNpy(header)).toThrow('a header of at most 65536 bytes, got 2130771967');
  });

  it('gives back what encodeNpy wrote', () => {
    const array = { shape: [3], data: new Float64Array([Math.PI, -0, Number.NaN]) };
    expect(parseNpy(encodeNpy(array))).toEqual(array);
  });
});
