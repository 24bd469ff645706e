// Hands files with bytes changed, cut off or repeated to every reader: what comes must be a right read or an error with a code, within 2 s.
// Run: node packages/datasets/scripts/fuzz-readers.ts [rounds of each, 10000] [seed, 1] [one reader's name]
import { readFileSync } from 'node:fs';
import { importSets } from '@latentkit/datasets/import';
import { nodeImageDecoder } from '@latentkit/datasets/node';
import {
  encodeIdx,
  parseBmp,
  parseCsv,
  parseCsvText,
  parseGif,
  parseIdx,
  parseNpy,
  parsePng,
  parseSafetensors,
  readZip,
} from '@latentkit/formats';
import { parseParquet } from '@latentkit/formats/parse-parquet';
import { fuzzReaders } from '../../../scripts/lib/fuzz-readers.js';

const read = (path: string) => new Uint8Array(readFileSync(`${import.meta.dirname}/../../${path}`));
const packed = (path: string): { name: string; bytes: Uint8Array }[] =>
  JSON.parse(new TextDecoder().decode(read(path))).map((one: Record<string, string>) => ({
    name: one.name!,
    bytes: new Uint8Array(Buffer.from((one.file ?? one.png)!, 'base64')),
  }));
const photos = packed('datasets/fixtures/photos.json');
const ofFormat = (format: string) =>
  photos.filter(({ name }) => name.toLowerCase().includes(format)).map(({ bytes }) => bytes);
const decode = nodeImageDecoder();
const small = { width: 1, height: 1 }; // the size is looked at before, by others
const tables = ['a,b\n1,2.5\n-3e2,4\n', 'x;y\r\n"1,5";2\r\n', 'name\tn\n"a ""b""\nc"\t7\n'];
const sources = [
  'unnamed.npz',
  'sprites.npz',
  'images.safetensors',
  'pixels.parquet',
  'pets.zip',
  'train-00000-of-00002.parquet',
];

const readers: Record<string, { files: readonly Uint8Array[]; parse: (bytes: Uint8Array) => unknown }> = {
  png: { files: packed('formats/fixtures/png.json').map(({ bytes }) => bytes), parse: parsePng },
  gif: { files: packed('formats/fixtures/gif.json').map(({ bytes }) => bytes), parse: parseGif },
  bmp: { files: packed('formats/fixtures/bmp.json').map(({ bytes }) => bytes), parse: parseBmp },
  jpeg: { files: ofFormat('jpeg'), parse: (bytes) => decode(bytes, { ...small, format: 'jpeg' }) },
  webp: { files: ofFormat('webp'), parse: (bytes) => decode(bytes, { ...small, format: 'webp' }) },
  npy: {
    files: ['f4-le', 'i8-be', 'fortran', 'version3'].map((name) => read(`formats/fixtures/${name}.npy`)),
    parse: parseNpy,
  },
  zip: {
    files: ['plain', 'streamed', 'zip64', 'prefixed'].map((name) => read(`formats/fixtures/${name}.zip`)),
    parse: async (bytes) => Promise.all((await readZip(bytes)).map((file) => file.read())),
  },
  safetensors: { files: [read('formats/fixtures/mixed.safetensors')], parse: parseSafetensors },
  parquet: {
    files: ['none', 'snappy', 'gzip', 'lz4', 'zstd'].map((name) =>
      read(`formats/fixtures/table-${name}.parquet`),
    ),
    parse: parseParquet,
  },
  idx: {
    files: [new Uint8Array(60), new Float32Array(60), new Int32Array(60)].map((data) =>
      encodeIdx({ shape: [3, 4, 5], data }),
    ),
    parse: parseIdx,
  },
  csv: { files: tables.map((text) => new TextEncoder().encode(text)), parse: parseCsv },
  'table of columns': {
    files: tables.map((text) => new TextEncoder().encode(text)),
    parse: (bytes) => importSets([{ name: 'file.csv', bytes }], { source: 'table', missing: 'drop' }),
  },
  'csv text': { files: tables.map((text) => new TextEncoder().encode(text)), parse: parseCsvText },
  importSets: {
    files: sources.map((name) => read(`datasets/fixtures/${name}`)),
    parse: (bytes) => importSets([{ name: 'file', bytes }], { decode, limits: { numbers: 2 ** 24 } }),
  },
};

await fuzzReaders(readers, process.argv.slice(2));
