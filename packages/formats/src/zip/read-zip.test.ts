import { readFileSync } from 'node:fs';
import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { expect, it } from 'vitest';
import { readZip } from './read-zip.ts';

// Written by Python's zipfile: fixtures/make-zip.py.
const fixture = (name: string) =>
  new Uint8Array(readFileSync(`${import.meta.dirname}/../../fixtures/${name}.zip`));
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const TEXT = 'latent '.repeat(40);
const PLAIN = [
  ['a/stored.txt', 'as it is'],
  ['a/packed.txt', TEXT],
  ['größe π.txt', ''],
];

it.each([
  ['plain', PLAIN],
  ['prefixed', PLAIN],
  ['streamed', [['x.txt', TEXT]]],
  ['zip64', [['x.txt', TEXT]]],
])('reads the files of %s.zip, and no folders', async (name, expected) => {
  const files = readZip(fixture(name));
  const contents = await Promise.all(files.map(async (file) => [file.name, text(await file.read())]));
  expect(contents).toEqual(expected);
  expect(files.map(({ size }) => size)).toEqual(expected.map(([, content]) => content!.length));
});

it.each(['plain', 'zip64'])('gives the files of %s.zip some bytes at a time', async (name) => {
  for (const file of readZip(fixture(name))) {
    const bytes: number[] = [];
    for await (const chunk of file.chunks()) bytes.push(...chunk);
    expect(Uint8Array.from(bytes)).toEqual(await file.read());
  }
});

it('reads a ZIP without files as none', () => {
  const empty = Uint8Array.of(0x50, 0x4b, 5, 6, ...new Array(18).fill(0));
  expect(readZip(empty)).toEqual([]);
});

it.each([
  ['unsafe', {}, 'E_FORMAT', `"../up.txt", which leads out of`],
  ['absolute', {}, 'E_FORMAT', `"/etc/up.txt", which leads out of`],
  ['bomb', {}, 'E_LIMIT', 'come to 17825792 bytes, more than 100 times (maxRatio) its own'],
  ['plain', { maxEntries: 3 }, 'E_LIMIT', 'at most 3 files (maxEntries), got 4'],
  ['plain', { maxBytes: 287 }, 'E_LIMIT', 'come to 288 bytes, expected at most 287 bytes (maxBytes)'],
])('refuses %s.zip with %o before unpacking', (name, limits, code, message) => {
  expect(() => readZip(fixture(name), limits)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});

it('refuses two files of one name, also where one has backslashes', () => {
  const bytes = fixture('plain');
  for (let at = 0; at < bytes.length; at++) {
    if (text(bytes.subarray(at, at + 8)) === 'a/stored') bytes.set(new TextEncoder().encode('a\\packed'), at);
  }
  expect(() => readZip(bytes)).toThrow('two files are called "a/packed.txt"');
});

it.each([
  ['encrypted', 'a/stored.txt is encrypted. Unpack it with its password'],
  ['lzma', 'a.txt is packed by method 14, expected deflate'],
])('says of %s.zip why its file cannot be read', async (name, message) => {
  await expect(readZip(fixture(name))[0]!.read()).rejects.toThrow(message);
});

it('finds damage by the checksum, and a size that is not what the directory says', async () => {
  const damagedAt = (offset: number) => {
    const bytes = fixture('plain');
    bytes[offset]! ^= 1;
    return readZip(bytes);
  };
  const stored = text(fixture('plain')).indexOf('as it is');
  await expect(damagedAt(stored)[0]!.read()).rejects.toThrow('a/stored.txt is damaged: a wrong checksum');
  const bytes = fixture('plain');
  const directory = bytes.findLastIndex((_, i) => text(bytes.subarray(i, i + 12)) === 'a/packed.txt') - 46;
  new DataView(bytes.buffer).setUint32(directory + 24, 279, true);
  await expect(readZip(bytes)[1]!.read()).rejects.toThrow('unpacks to more than the 279 bytes that it says');
});

it('reads right or throws a LatentkitError, whatever bytes are changed or cut off', async () => {
  const random = createRandom({ seed: 3, stream: Stream.sample });
  for (let round = 0; round < 3000; round++) {
    const whole = fixture(['plain', 'streamed', 'zip64'][round % 3]!);
    const bytes = whole.slice(0, random.integer(4) === 0 ? random.integer(whole.length) : whole.length);
    for (let n = random.integer(3); n >= 0; n--) bytes[random.integer(bytes.length)] = random.integer(256);
    try {
      for (const file of readZip(bytes)) expect((await file.read()).length).toBe(file.size);
    } catch (error) {
      expect(error).toBeInstanceOf(LatentkitError);
    }
  }
});

it('unpacks what is large by the platform', async () => {
  const content = await readZip(fixture('bomb'), { maxRatio: 2000 })[0]!.read();
  expect([content.length, content.every((byte) => byte === 0)]).toEqual([17 * 2 ** 20, true]);
});
