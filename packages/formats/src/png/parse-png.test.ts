import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../gzip/crc32.ts';
import { parsePng } from './parse-png.ts';

interface Case {
  name: string;
  png: string;
  width: number;
  height: number;
  channels: number;
  data: string;
}
// Of Pillow, and packed by hand: fixtures/make-png.py.
const cases: Case[] = JSON.parse(readFileSync(`${import.meta.dirname}/../../fixtures/png.json`, 'utf8'));
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const fileOf = (name: string) => bytesOf(cases.find((one) => one.name === name)!.png);

/** A PNG of chunks with right checksums. */
function pngOf(...chunks: (readonly [name: string, content: Uint8Array | number[]])[]): Uint8Array {
  const parts = chunks.map(([name, content]) => {
    const body = Uint8Array.from([...new TextEncoder().encode(name), ...content]);
    const chunk = new Uint8Array(body.length + 8);
    new DataView(chunk.buffer).setUint32(0, content.length);
    chunk.set(body, 4);
    new DataView(chunk.buffer).setUint32(body.length + 4, crc32(body));
    return [...chunk];
  });
  return Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...parts.flat()]);
}
const header = (width: number, height: number, depth = 8, type = 0): [string, number[]] => {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setUint32(0, width);
  bytes.setUint32(4, height);
  return ['IHDR', [...new Uint8Array(bytes.buffer), depth, type, 0, 0, 0]];
};
const pixels = (...raw: number[]): [string, Uint8Array] => ['IDAT', deflateSync(Uint8Array.from(raw))];
const END: [string, number[]] = ['IEND', []];

it.each(cases)('reads $name', async ({ png, width, height, channels, data }) => {
  const image = await parsePng(bytesOf(png));
  expect(image).toEqual({ width, height, channels, data: bytesOf(data) });
});

it('joins pieces of pixels, and leaves out what it need not know', async () => {
  const [, packed] = pixels(0, 1, 2, 0, 3, 4);
  const png = pngOf(
    header(2, 2),
    ['tEXt', [65, 0, 66]],
    ['IDAT', packed.slice(0, 5)],
    ['IDAT', packed.slice(5)],
    END,
  );
  expect((await parsePng(png)).data).toEqual(Uint8Array.of(1, 2, 3, 4));
});

it('unpacks many bytes by the platform to the same', async () => {
  const random = createRandom({ seed: 1, stream: Stream.sample });
  const raw = Array.from({ length: 200 * 201 }, (_, i) => (i % 201 === 0 ? 0 : random.integer(256)));
  const { data } = await parsePng(pngOf(header(200, 200), pixels(...raw), END));
  expect(data).toEqual(Uint8Array.from(raw.filter((_, i) => i % 201 > 0)));
});

describe('refuses', () => {
  const gray = fileOf('L of Pillow');
  it.each([
    ['what is none', Uint8Array.of(1, 2, 3), 'E_FORMAT', 'does not begin as one'],
    ['one that is cut off', gray.subarray(0, 60), 'E_FORMAT', 'it is cut off within IDAT'],
    ['one without an end', gray.subarray(0, gray.length - 12), 'E_FORMAT', 'it is cut off'],
    [
      'a changed byte',
      gray.map((byte, i) => (i === 50 ? byte ^ 1 : byte)),
      'E_FORMAT',
      'a wrong checksum of IDAT',
    ],
    ['a million pixels a side', pngOf(header(1e6, 1e6), END), 'E_FORMAT', 'no pixels (IDAT)'],
    ['more pixels than allowed', pngOf(header(1e6, 1e6), pixels(0), END), 'E_LIMIT', 'got 1000000 x 1000000'],
    ['no pixels', pngOf(header(0, 3), pixels(0), END), 'E_FORMAT', '0 x 3 pixels'],
    ['a depth that there is not', pngOf(header(1, 1, 3), pixels(0), END), 'E_FORMAT', 'type 0 with 3 bits'],
    [
      'fewer rows than it says',
      pngOf(header(2, 2), pixels(0, 1, 2), END),
      'E_FORMAT',
      'unpack to 3 bytes, expected 6',
    ],
    [
      'more rows than it says',
      pngOf(header(2, 1), pixels(0, 1, 2, 0, 3, 4), END),
      'E_FORMAT',
      'more than the 3 bytes',
    ],
    [
      'a filter that there is not',
      pngOf(header(1, 1), pixels(5, 1), END),
      'E_FORMAT',
      'a row of the filter 5',
    ],
    [
      'a colour beyond the palette',
      pngOf(header(1, 1, 8, 3), ['PLTE', [1, 2, 3]], pixels(0, 1), END),
      'E_FORMAT',
      'a colour 1 of a palette of 1',
    ],
    ['a palette that is missing', pngOf(header(1, 1, 8, 3), pixels(0, 1), END), 'E_FORMAT', 'no palette'],
    [
      'a chunk that must be understood',
      pngOf(header(1, 1), ['ABCD', []], pixels(0, 1), END),
      'E_FORMAT',
      'a chunk ABCD',
    ],
  ])('%s', async (_, png, code, message) => {
    await expect(parsePng(png)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('a bomb: 16 MB of zeros in 16 kB for 28 x 28 pixels', async () => {
    const packed = deflateSync(new Uint8Array(2 ** 24));
    const start = performance.now();
    await expect(parsePng(pngOf(header(28, 28), ['IDAT', packed], END))).rejects.toThrow(
      'more than the 812 bytes',
    );
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

it('reads right or throws a LatentkitError, whatever bytes are changed', async () => {
  const random = createRandom({ seed: 5, stream: Stream.sample });
  for (let round = 0; round < 1500; round++) {
    const { png } = cases[round % cases.length]!;
    const bytes = bytesOf(png);
    bytes[16 + random.integer(13)] = random.integer(256); // of the header
    const view = new DataView(bytes.buffer);
    view.setUint32(29, crc32(bytes.subarray(12, 29)));
    await parsePng(bytes, { maxPixels: 2 ** 20 }).catch((error) =>
      expect(error).toBeInstanceOf(LatentkitError),
    );
  }
});
