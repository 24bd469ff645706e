import { describe, expect, it } from 'vitest';
import { encodeIdx } from './encode-idx.ts';
import { parseIdx } from './parse-idx.ts';

const header = (type: number, ...sizes: number[]) => [
  0,
  0,
  type,
  sizes.length,
  ...sizes.flatMap((size) => [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255]),
];

describe('parseIdx', () => {
  it.each([
    [0x08, new Uint8Array([1, 255]), [1, 255]],
    [0x09, new Int8Array([1, -1]), [1, 255]],
    [0x0b, new Int16Array([258, -2]), [1, 2, 255, 254]],
    [0x0c, new Int32Array([16909060, -2]), [1, 2, 3, 4, 255, 255, 255, 254]],
    [0x0d, new Float32Array([1, -2]), [0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0]],
    [0x0e, new Float64Array([1, -2]), [0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0]],
  ])('reads big-endian numbers of type %i, as encodeIdx writes them', (type, data, bytes) => {
    const file = new Uint8Array([...header(type, 2, 1), ...bytes]);
    expect(parseIdx(file)).toEqual({ shape: [2, 1], data });
    expect(encodeIdx({ shape: [2, 1], data })).toEqual(file);
  });

  it('reads bytes that do not start at the front of their buffer', () => {
    const file = new Uint8Array([9, ...header(0x0c, 1), 0, 0, 0, 5]).subarray(1);
    expect(parseIdx(file).data).toEqual(new Int32Array([5]));
  });

  it('reads an array without numbers', () => {
    expect(parseIdx(new Uint8Array(header(8, 0, 28)))).toEqual({ shape: [0, 28], data: new Uint8Array() });
  });

  it.each([
    ['nothing', [], 'got no bytes at all'],
    ['gzip', [31, 139, 8, 0], 'unpack it with gunzip'],
    ['a wrong type byte', [0, 0, 10, 1], 'type byte of 8, 9, 11, 12, 13 or 14 at offset 2, got 10'],
    ['no dimensions', [0, 0, 8, 0, 1], 'got 0 dimensions'],
    ['a header cut off', [0, 0, 8, 2, 0, 0, 0, 1, 0], 'a header of 12 bytes'],
    ['numbers cut off', [...header(0x0c, 2), 0, 0, 0, 1, 0], 'int32 of shape [2] needs 16 bytes, got 13'],
    ['bytes too many', [...header(8, 1), 1, 2], 'needs 9 bytes, got 10'],
  ])('refuses %s, saying what it got', (_, bytes, message) => {
    expect(() => parseIdx(new Uint8Array(bytes))).toThrow(
      expect.objectContaining({ code: 'E_FORMAT', message: expect.stringContaining(message) }),
    );
  });

  it('refuses sizes beyond the limit before it looks at the numbers', () => {
    const file = new Uint8Array(header(8, 0xffffffff, 0xffffffff, 0));
    expect(() => parseIdx(file)).toThrow(expect.objectContaining({ code: 'E_LIMIT' }));
    expect(() => parseIdx(new Uint8Array([...header(8, 3), 1, 2, 3]), { maxElements: 2 })).toThrow(
      expect.objectContaining({ code: 'E_LIMIT', message: expect.stringContaining('at most 2 numbers') }),
    );
  });
});
