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

  it('unpacks all members of a file, and zeros behind its end (RFC 1952, 2.2)', async () => {
    const [a, b] = [new Uint8Array(1000).fill(1), new Uint8Array(500).fill(2)];
    const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
    expect(await gunzip(join(gzipSync(a), gzipSync(b)))).toEqual(join(a, b));
    expect(await gunzip(join(gzipSync(a), gzipSync(new Uint8Array())))).toEqual(a);
    expect(await gunzip(join(gzipSync(a), new Uint8Array(512)))).toEqual(a);
    expect(await gunzip(join(packed, gzipSync(a), packed, new Uint8Array(3)))).toEqual(join(text, a, text));
    const two = join(packed, gzipSync(b));
    expect(await gunzip(two, { maxBytes: text.length + 500 })).toHaveLength(text.length + 500);
    await expect(gunzip(two, { maxBytes: text.length + 499 })).rejects.toMatchObject({ code: 'E_LIMIT' });
    await expect(gunzip(join(packed, Uint8Array.of(0, 7)))).rejects.toThrow('member 2 from byte');
    await expect(gunzip(two.subarray(0, -9))).rejects.toThrow('cut off');
  });

  it('takes an ArrayBuffer for bytes, and nothing else', async () => {
    expect(await gunzip(packed.slice().buffer)).toEqual(text);
    await expect(gunzip('H4sI' as never)).rejects.toMatchObject({ code: 'E_USAGE' });
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
    expect(isGzip(packed.slice().buffer)).toBe(true);
  });
});
