import { constants, gzipSync } from 'node:zlib';
import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { unpackMembers } from './unpack-members.ts';

const unpack = (bytes: Uint8Array, maxBytes = 2 ** 24) =>
  unpackMembers(bytes, {
    maxBytes,
    atLimit: () => {
      throw new LatentkitError('E_LIMIT', 'too many');
    },
  });
const random = createRandom({ seed: 3, stream: Stream.sample });
const samples: Record<string, Uint8Array> = {
  nothing: new Uint8Array(),
  'one byte': Uint8Array.of(7),
  zeros: new Uint8Array(100_000),
  noise: Uint8Array.from({ length: 70_000 }, () => random.integer(256)),
  'few values': Uint8Array.from({ length: 50_000 }, () => random.integer(3)),
  'a skewed distribution': Uint8Array.from({ length: 200_000 }, () =>
    Math.floor(256 * random.uniform() ** 9),
  ),
  text: new TextEncoder().encode(Array.from({ length: 4000 }, (_, i) => `row ${i * i},${i % 17}\n`).join('')),
};

describe('unpackMembers', () => {
  it.each(Object.entries(samples))(
    'unpacks %s as zlib packed it, at every level and by every strategy',
    (_, data) => {
      for (const level of [0, 1, 6, 9]) {
        for (const strategy of [
          constants.Z_DEFAULT_STRATEGY,
          constants.Z_HUFFMAN_ONLY,
          constants.Z_RLE,
          constants.Z_FIXED,
        ]) {
          expect(Buffer.compare(unpack(gzipSync(data, { level, strategy })), data)).toBe(0);
        }
      }
    },
  );

  it('skips the names, comments and extra fields of a header', () => {
    const packed = gzipSync(samples.text!);
    // gzip, deflate, all four flags, time, level, system; 2 bytes extra, a name, a comment, the header's check
    const header = Buffer.from('1f8b081e00000000 0003 02000909 4100 424300 0102'.replaceAll(' ', ''), 'hex');
    expect(unpack(new Uint8Array([...header, ...packed.subarray(10)]))).toEqual(samples.text);
  });

  it('gives the same, or refuses, whatever bytes are changed or missing', () => {
    const packed = gzipSync(samples.text!.subarray(0, 3000));
    for (let round = 0; round < 1500; round++) {
      const bytes = packed.slice(0, round % 3 === 0 ? random.integer(packed.length) : packed.length);
      if (round % 3 > 0) bytes[10 + random.integer(bytes.length - 10)]! ^= 1 << random.integer(8);
      try {
        const out = unpack(bytes);
        expect(bytes.length === 0 || Buffer.compare(out, samples.text!.subarray(0, 3000)) === 0).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^E_(FORMAT|LIMIT)$/) });
      }
    }
  });

  it('stops at the limit', () => {
    const packed = gzipSync(samples.zeros!);
    expect(unpack(packed, 100_000)).toHaveLength(100_000);
    expect(() => unpack(packed, 99_999)).toThrow(expect.objectContaining({ code: 'E_LIMIT' }));
  });
});
