import { describe, expect, it } from 'vitest';
import { encodeIdx } from '../idx/encode-idx.ts';
import { parseIdx } from '../idx/parse-idx.ts';
import { encodeNpy } from '../npy/encode-npy.ts';
import { parseNpy } from '../npy/parse-npy.ts';
import { encodeSafetensors } from '../safetensors/encode-safetensors.ts';
import { parseSafetensors } from '../safetensors/parse-safetensors.ts';
import type { EncodableArray } from './number-array.ts';

const encoders: [string, (data: EncodableArray) => Uint8Array<ArrayBuffer>, (file: never) => unknown][] = [
  ['IDX', (data) => encodeIdx({ shape: [3], data }), parseIdx],
  ['NPY', (data) => encodeNpy({ shape: [3], data }), parseNpy],
  ['safetensors', (data) => encodeSafetensors({ a: { shape: [3], data } }), parseSafetensors],
];

describe.each(encoders)('%s', (_, encode, parse) => {
  it('writes clamped bytes as bytes', () => {
    expect(encode(Uint8ClampedArray.of(1, 2, 255))).toEqual(encode(Uint8Array.of(1, 2, 255)));
  });

  it.each([[[1, 2, 3]], [new DataView(new ArrayBuffer(3))], [undefined], [null]])(
    'refuses %s for numbers',
    (data) => {
      expect(() => encode(data as never)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
    },
  );

  it('reads an ArrayBuffer as its bytes', () => {
    const file = encode(Float32Array.of(1, 2, 3));
    expect(parse(file.buffer as never)).toEqual(parse(file as never));
  });

  it.each([['text'], [undefined], [null], [3], [[0, 0, 8, 1]], [new Float32Array(4)], [{}]])(
    'refuses %s for a file',
    (file) => {
      expect(() => parse(file as never)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
    },
  );
});

const halves = (globalThis as unknown as { Float16Array?: new (values: number[]) => EncodableArray })
  .Float16Array;

describe('numbers of 16 and 64 bits', () => {
  it.skipIf(halves === undefined)('writes half precision (this platform may lack Float16Array)', () => {
    const data = new halves!([1, -2.5, 2 ** -24]);
    const read = { shape: [3], data: Float32Array.of(1, -2.5, 2 ** -24) };
    expect(parseNpy(encodeNpy({ shape: [3], data }))).toEqual(read);
    expect(parseSafetensors(encodeSafetensors({ a: { shape: [3], data } })).tensors.a).toEqual({
      dtype: 'F16',
      ...read,
    });
    expect(() => encodeIdx({ shape: [3], data })).toThrow('got float16');
  });

  it('writes 64-bit whole numbers where the format holds them', () => {
    for (const [data, dtype] of [
      [BigInt64Array.of(-1n, 0n, 2n ** 60n), 'I64'],
      [BigUint64Array.of(1n, 0n, 2n ** 63n), 'U64'],
    ] as const) {
      const read = { dtype, shape: [3], data: Float64Array.from(data, Number) };
      expect(parseSafetensors(encodeSafetensors({ a: { shape: [3], data } })).tensors.a).toEqual(read);
      expect(() => encodeIdx({ shape: [3], data })).toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
    }
  });

  it('refuses metadata that are not strings', () => {
    for (const value of [3, null, undefined, ['a']]) {
      expect(() => encodeSafetensors({}, { epoch: value as never })).toThrow(
        expect.objectContaining({ code: 'E_USAGE', message: expect.stringContaining("for 'epoch'") }),
      );
    }
  });
});
