import { describe, expect, it } from 'vitest';
import { encodeIdx } from './encode-idx.ts';

describe('encodeIdx', () => {
  it('refuses a shape that does not fit the data', () => {
    expect(() => encodeIdx({ shape: [2, 2], data: new Uint8Array(3) })).toThrow('needs 4 numbers, got 3');
    expect(() => encodeIdx({ shape: [-1], data: new Uint8Array(1) })).toThrow('whole numbers >= 0');
  });

  it('refuses what IDX cannot hold', () => {
    expect(() => encodeIdx({ shape: [1], data: new Uint32Array(1) })).toThrow('got uint32');
    expect(() => encodeIdx({ shape: [], data: new Uint8Array(1) })).toThrow('1 to 255 dimensions');
  });

  it('writes a part of a larger buffer', () => {
    const data = new Int16Array([1, 2, 3]).subarray(1);
    expect([...encodeIdx({ shape: [2], data })].slice(-4)).toEqual([0, 2, 0, 3]);
  });
});
