import { expect, it } from 'vitest';
import { encodeZip } from './encode-zip.ts';
import { readZip } from './read-zip.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const FILES = [
  { name: 'run/config.json', bytes: bytesOf('{ "seed": 42 }') },
  { name: 'run/größe π.txt', bytes: bytesOf('') },
  { name: 'run/model.safetensors', bytes: Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) % 251) },
];

it('gives a ZIP whose files are read back, checksums and all', async () => {
  const read = await Promise.all(
    readZip(encodeZip(FILES)).map(async (file) => ({ name: file.name, bytes: await file.read() })),
  );
  expect(read).toEqual(FILES);
  expect(readZip(encodeZip([]))).toEqual([]);
});

// Field by field as APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16 have them; CRC-32 of 'x' is 8cdc1683.
const [OLDEST_DATE, CRC, SIZE] = ['0000 2100', '8316dc8c', '01000000'];
const COMMON = `1400 0008 0000 ${OLDEST_DATE} ${CRC} ${SIZE} ${SIZE} 0100 0000`;
const ONE_FILE = [
  `504b0304 ${COMMON} 61 78`,
  `504b0102 1400 ${COMMON} 0000 0000 0000 00000000 00000000 61`,
  '504b0506 0000 0000 0100 0100 2f000000 20000000 0000',
].join(' ');

it('writes the bytes that the format has for a file of one byte', () => {
  const zip = encodeZip([{ name: 'a', bytes: bytesOf('x') }]);
  expect(Buffer.from(zip).toString('hex')).toBe(ONE_FILE.replaceAll(' ', ''));
});

it('refuses a name that is empty or there twice', () => {
  const bytes = new Uint8Array(1);
  expect(() => encodeZip([{ name: '', bytes }])).toThrow(expect.objectContaining({ code: 'E_RANGE' }));
  const twice = [FILES[0]!, FILES[0]!];
  expect(() => encodeZip(twice)).toThrow('each name once and not empty, got "run/config.json"');
});

it('refuses what are no files', () => {
  for (const wrong of [null, 'run', [{ name: 'a' }], [{ name: 1, bytes: new Uint8Array(1) }]]) {
    expect(() => encodeZip(wrong as never)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
  }
});
