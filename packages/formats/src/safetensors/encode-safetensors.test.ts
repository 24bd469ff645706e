import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeSafetensors } from './encode-safetensors.ts';
import { parseSafetensors } from './parse-safetensors.ts';

const fixture = new Uint8Array(readFileSync(new URL('../../fixtures/mixed.safetensors', import.meta.url)));

describe('encodeSafetensors', () => {
  it('writes byte for byte what the reference implementation writes', () => {
    const { tensors, metadata } = parseSafetensors(fixture);
    expect(encodeSafetensors(tensors, metadata)).toEqual(fixture);
  });

  it('does not depend on the order it is given', () => {
    const { tensors } = parseSafetensors(fixture);
    const reversed = Object.fromEntries(Object.entries(tensors).reverse());
    expect(encodeSafetensors(reversed, { b: '2', a: '1' })).toEqual(
      encodeSafetensors(tensors, { a: '1', b: '2' }),
    );
  });

  it('fills the header up to 8 bytes with spaces', () => {
    for (const name of ['a', 'ab', 'abc', 'ä', 'a"b']) {
      const file = encodeSafetensors({ [name]: { shape: [1], data: Float32Array.of(7) } });
      const length = Number(new DataView(file.buffer).getBigUint64(0, true));
      expect(length % 8).toBe(0);
      expect(file.length).toBe(8 + length + 4);
      expect(parseSafetensors(file).tensors[name]?.data).toEqual(Float32Array.of(7));
    }
  });

  it('writes a file without tensors', () => {
    expect({ ...parseSafetensors(encodeSafetensors({})).tensors }).toEqual({});
  });

  it('refuses a wrong shape and the name __metadata__', () => {
    expect(() => encodeSafetensors({ a: { shape: [2], data: new Float32Array(1) } })).toThrow("tensor 'a'");
    expect(() => encodeSafetensors({ __metadata__: { shape: [1], data: new Float32Array(1) } })).toThrow(
      expect.objectContaining({ code: 'E_FORMAT' }),
    );
  });
});
