import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gunzip, isGzip } from './gunzip.ts';

const text = new TextEncoder().encode('a latent variable '.repeat(10_000));
const packed = new Uint8Array(gzipSync(text));

describe('gunzip', () => {
  it('unpacks what zlib packed', async () => {
    expect(await gunzip(packed)).toEqual(text);
    expect(await gunzip(gzipSync(new Uint8Array()))).toEqual(new Uint8Array());
  });

  it('unpacks bytes that span many input pieces', async () => {
    const noise = Uint8Array.from({ length: 300_000 }, (_, i) => (Math.imul(i, 2654435761) >>> 13) & 255);
    expect(await gunzip(gzipSync(noise, { level: 0 }))).toEqual(noise);
  });

  it('accepts exactly the limit and refuses one byte less', async () => {
    expect(await gunzip(packed, { maxBytes: text.length })).toHaveLength(text.length);
    await expect(gunzip(packed, { maxBytes: text.length - 1 })).rejects.toMatchObject({ code: 'E_LIMIT' });
  });

  it('stops a decompression bomb', async () => {
    const bomb = gzipSync(new Uint8Array(50_000_000));
    await expect(gunzip(bomb, { maxBytes: 1000 })).rejects.toMatchObject({ code: 'E_LIMIT' });
  });

  it('refuses other bytes, damage and a file cut off', async () => {
    const damaged = Uint8Array.from(packed, (byte, i) => (i === packed.length - 6 ? byte ^ 1 : byte));
    for (const bytes of [new Uint8Array(), text, damaged, packed.subarray(0, 100), packed.subarray(0, 2)]) {
      await expect(gunzip(bytes)).rejects.toMatchObject({ code: 'E_FORMAT' });
    }
  });
});

describe('isGzip', () => {
  it('looks at the first two bytes', () => {
    expect(isGzip(packed)).toBe(true);
    expect(isGzip(text)).toBe(false);
    expect(isGzip(new Uint8Array([31]))).toBe(false);
  });
});
