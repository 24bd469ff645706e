import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeSafetensors } from './encode-safetensors.ts';
import { parseSafetensors } from './parse-safetensors.ts';

const fixture = new Uint8Array(readFileSync(new URL('../../fixtures/mixed.safetensors', import.meta.url)));

function withHeader(header: string, dataBytes = 0): Uint8Array {
  const json = new TextEncoder().encode(header);
  const out = new Uint8Array(8 + json.length + dataBytes);
  new DataView(out.buffer).setBigUint64(0, BigInt(json.length), true);
  out.set(json, 8);
  return out;
}

const tensor = (begin: number, end: number, shape = [(end - begin) / 4], dtype = 'F32') =>
  JSON.stringify({ dtype, shape, data_offsets: [begin, end] });

describe('parseSafetensors', () => {
  it('reads a file of the reference implementation, types, names and metadata', () => {
    const { tensors, metadata } = parseSafetensors(fixture);
    expect({ ...metadata }).toEqual({ kind: 'vae' });
    expect(Object.keys(tensors)).toEqual(['mean', 'bias', 'nöthing', 'weights', 'steps', 'labels']);
    expect(tensors.weights).toEqual({
      dtype: 'F32',
      shape: [2, 3],
      data: Float32Array.of(0, 1, 2, 3, 4, 5),
    });
    expect(tensors.mean).toEqual({ dtype: 'F64', shape: [], data: Float64Array.of(2.5) });
    expect(tensors.steps).toEqual({ dtype: 'I32', shape: [2, 1], data: Int32Array.of(7, -8) });
    expect(tensors.labels).toEqual({ dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 3) });
    expect(tensors.nöthing?.shape).toEqual([0, 4]);
  });

  it('widens half precision and bfloat16 exactly', () => {
    const file = withHeader(`{"h":${tensor(0, 6, [3], 'F16')},"b":${tensor(6, 10, [2], 'BF16')}}`, 10);
    file.set([0x00, 0x3c, 0x01, 0x00, 0x00, 0xfc, 0x80, 0x3f, 0x49, 0xc0], file.length - 10);
    const { tensors } = parseSafetensors(file);
    expect(tensors.h?.data).toEqual(Float32Array.of(1, 2 ** -24, Number.NEGATIVE_INFINITY));
    expect(tensors.b?.data).toEqual(Float32Array.of(1, -3.140625));
  });

  it('reads numbers that are not aligned in the file', () => {
    const file = withHeader(`{"a":${tensor(0, 1, [1], 'U8')},"b":${tensor(1, 5)}}`, 5);
    expect(parseSafetensors(file).tensors.b?.data).toEqual(new Float32Array(1));
  });

  it('keeps a tensor named __proto__ as a name like any other', () => {
    const { tensors } = parseSafetensors(withHeader(`{"__proto__":${tensor(0, 4)}}`, 4));
    expect(Object.keys(tensors)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(encodeSafetensors(tensors).length).toBeGreaterThan(8);
  });

  it.each([
    ['a file without a header', new Uint8Array(7), 'got a file of 7 bytes'],
    ['a header cut off', fixture.subarray(0, 100), 'a header up to byte 400'],
    ['numbers cut off', fixture.subarray(0, fixture.length - 1), '51 bytes, got 50'],
    ['bytes of no tensor', new Uint8Array([...fixture, 0]), '51 bytes, got 52'],
    ['a header that is not JSON', withHeader('{"a":'), 'not JSON'],
    ['a header that is not UTF-8', Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0xff), 'not JSON in UTF-8'],
    ['a header that starts with a space', withHeader(' {}'), "start with '{'"],
    ['a list for a header', withHeader('[]'), "start with '{'"],
    [
      'a name given twice',
      withHeader(`{"a":${tensor(0, 4)},"\\u0061" :${tensor(4, 8)}}`, 8),
      "the key 'a' twice",
    ],
    ['a key given twice inside', withHeader('{"a":{"dtype":"F32","dtype":"F32"}}'), "the key 'dtype' twice"],
    ['a hole', withHeader(`{"a":${tensor(0, 4)},"b":${tensor(8, 12)}}`, 12), "'b' must begin at offset 4"],
    ['a hole in front', withHeader(`{"a":${tensor(4, 8)}}`, 8), 'must begin at offset 0'],
    ['an overlap', withHeader(`{"a":${tensor(0, 8)},"b":${tensor(4, 12)}}`, 12), 'must begin at offset 8'],
    ['the same bytes twice', withHeader(`{"a":${tensor(0, 4)},"b":${tensor(0, 4)}}`, 4), 'offset 4'],
    ['offsets that do not fit the shape', withHeader(`{"a":${tensor(0, 8, [3])}}`, 8), 'needs 12 bytes'],
    ['offsets in reverse', withHeader(`{"a":${tensor(4, 0, [1])}}`, 4), 'the offsets 4 to 0'],
    ['a fractional size', withHeader(`{"a":${tensor(0, 2, [0.5])}}`, 2), 'whole numbers'],
    ['an unknown type', withHeader(`{"a":${tensor(0, 4, [1], 'F8_E4M3')}}`, 4), '"F8_E4M3"'],
    ['no shape', withHeader('{"a":{"dtype":"F32"}}'), 'a shape and two data_offsets'],
    ['null for a tensor', withHeader('{"a":null}'), 'got undefined'],
    ['metadata that are not strings', withHeader('{"__metadata__":{"a":1}}'), "got 1 for 'a'"],
    ['metadata that are a list', withHeader('{"__metadata__":[]}'), 'map names to strings'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => parseSafetensors(bytes)).toThrow(
      expect.objectContaining({ code: 'E_FORMAT', message: expect.stringContaining(message) }),
    );
  });

  it('takes null for no metadata, as the reference reader does', () => {
    expect({ ...parseSafetensors(withHeader('{"__metadata__":null}')).metadata }).toEqual({});
  });

  it.each([
    ['nested lists', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'E_FORMAT'],
    ['nested lists without an end', `{"a":${'['.repeat(2_000_000)}`, 'E_FORMAT'],
    ['a long word', `{"a":"${'x'.repeat(2_000_000)}"}`, 'E_FORMAT'],
    ['a long type', `{"a":{"dtype":"${'x'.repeat(2_000_000)}"}}`, 'E_FORMAT'],
    ['a long name', `{"${'x'.repeat(2_000_000)}":1}`, 'E_FORMAT'],
    ['tiny keys', `{${Array.from({ length: 100_002 }, (_, i) => `"${i}":0`)}}`, 'E_LIMIT'],
    ['a shape of millions', `{"a":{"dtype":"F32","shape":[${'1,'.repeat(3_500_000)}1]}}`, 'E_LIMIT'],
    ['tiny metadata', `{"__metadata__":{${Array.from({ length: 500_002 }, () => '"":""')}}}`, 'E_LIMIT'],
  ])('refuses %s in a message of bounded length', (_, header, code) => {
    const refusal = expect.objectContaining({ code, message: expect.stringMatching(/^.{20,300}$/) });
    expect(() => parseSafetensors(withHeader(header))).toThrow(refusal);
  });

  it.each(['dtype', 'shape', 'data_offsets'])(
    'counts the levels of %s before anybody makes objects of them',
    (field) => {
      const header = `{"a":{"${field}":${'['.repeat(5000)}${']'.repeat(5000)}}}`;
      expect(() => parseSafetensors(withHeader(header))).toThrow(
        'a header of at most 3 levels, got more at byte',
      );
    },
  );

  it('reads as many tensors as it is told to', () => {
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [i, ''])));
    const file = withHeader(`{"a":${tensor(0, 4)},"b":${tensor(4, 8)},"__metadata__":${many}}`, 8);
    expect(Object.keys(parseSafetensors(file, { maxTensors: 2 }).tensors)).toEqual(['a', 'b']);
    expect(() => parseSafetensors(file, { maxTensors: 1 })).toThrow(
      expect.objectContaining({ code: 'E_LIMIT' }),
    );
  });

  it('reads 64-bit numbers that float64 holds, and refuses the others', () => {
    const file = withHeader(`{"u":${tensor(0, 8, [1], 'U64')}}`, 8);
    file[file.length - 1] = 0x80;
    expect(parseSafetensors(file).tensors.u?.data).toEqual(Float64Array.of(2 ** 63));
    file[file.length - 8] = 1;
    expect(() => parseSafetensors(file)).toThrow(expect.objectContaining({ code: 'E_RANGE' }));
  });

  it('refuses headers and tensors beyond the limits before it makes room', () => {
    const limit = expect.objectContaining({ code: 'E_LIMIT' });
    expect(() => parseSafetensors(new Uint8Array(16).fill(255))).toThrow(limit);
    expect(() => parseSafetensors(fixture, { maxHeaderBytes: 100 })).toThrow(limit);
    expect(() => parseSafetensors(fixture, { maxElements: 5 })).toThrow(limit);
    expect(() => parseSafetensors(withHeader(`{"a":${tensor(0, 4, [2 ** 30, 2 ** 30])}}`, 4))).toThrow(limit);
  });
});
