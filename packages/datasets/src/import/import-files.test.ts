import { gzipSync } from 'node:zlib';
import { createRandom, LatentkitError, pixelCount, Stream } from '@latentkit/core';
import { encodeNpy, encodeSafetensors } from '@latentkit/formats';
import { describe, expect, it } from 'vitest';
import { fixture } from '../testing/fixture.ts';
import { errorOf, files, grey, importOf, text } from '../testing/import-of.ts';
import { type ImportOptions, importFiles } from './import-files.ts';
import type { ImportProgress } from './import-report.ts';

describe('what is no data', () => {
  it('is named, with what it is', async () => {
    const weights = encodeSafetensors({ a: { shape: [1], data: new Float32Array(1) } });
    expect(await errorOf({ 'model.safetensors': weights })).toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringContaining(
        "this is a model, and no data: model.safetensors (a model's weights (safetensors))",
      ),
    });
    expect(await errorOf({ 'a.txt': text('dear diary'), 'b.png': new Uint8Array() })).toMatchObject({
      message: expect.stringContaining(
        'none of 2 files is data: a.txt (text, and no table of numbers), b.png (empty)',
      ),
    });
    expect(await errorOf({})).toMatchObject({
      code: 'E_NOT_FOUND',
      message: expect.stringContaining('no files'),
    });
  });

  it('is skipped beside images: tables, arrays, models, archives within archives', async () => {
    const { report } = await importOf({
      ...{
        '1.png': grey(1),
        '2.png': grey(2),
        'table.csv': text('1,2\n3,4'),
        'inner.gz.gz': new Uint8Array(gzipSync(gzipSync('x'))),
      },
      ...{
        'x.npy': encodeNpy({ shape: [1], data: new Uint8Array(1) }),
        'run.json': text('{"latentDim": 2}'),
      },
    });
    expect(report.skipped).toEqual([
      { name: 'inner.gz', why: 'a gzip file inside of another: unpack it first' },
      { name: 'run.json', why: "a model's description (JSON)" },
      { name: 'table.csv', why: 'a table beside images' },
      { name: 'x.npy', why: 'a NumPy array beside images' },
    ]);
  });

  it('stops everything where one is strict', async () => {
    const contents = { '1.png': grey(1), '2.png': grey(2), '3.png': grey(3).subarray(0, 40) };
    expect((await importOf(contents)).report.skipped).toHaveLength(1);
    expect(await errorOf(contents, { strict: true })).toMatchObject({
      message: expect.stringMatching(/^3\.png: .*cut off/),
    });
  });

  it('cannot be read: told, and the others are kept', async () => {
    const bad = { name: 'bad.png', bytes: () => Promise.reject(new Error('the disk is gone')) };
    const { report } = await importFiles([...files({ '1.png': grey(1), '2.png': grey(2) }), bad]);
    expect(report.skipped).toEqual([{ name: 'bad.png', why: 'it cannot be read: the disk is gone' }]);
  });
});

describe('limits', () => {
  const two = { '1.png': grey(1), '2.png': grey(2) };
  it.each<[Partial<NonNullable<ImportOptions['limits']>>, Record<string, Uint8Array>, string]>([
    [{ files: 1 }, two, 'at most 1 files (limits.files), got more'],
    [{ files: 3 }, { 'pets.zip': fixture('pets.zip') }, 'pets.zip: readZip: expected at most 2 files'],
    [{ unpackedBytes: 1000 }, { 'pets.zip': fixture('pets.zip') }, 'expected at most 1000 bytes (maxBytes)'],
    [
      { unpackedBytes: 10 },
      { 'a.gz': new Uint8Array(gzipSync(new Uint8Array(11))) },
      'a.gz: gunzip: expected at most 10',
    ],
    [{ numbers: 7 }, two, 'more than 7 numbers (limits.numbers)'],
    [
      { numbers: 7 },
      { 'x.npy': encodeNpy({ shape: [2, 2, 2], data: new Uint8Array(8) }) },
      'x.npy: it has more numbers than the 7',
    ],
    [{ numbers: 7 }, { 'x.csv': text('1,2,3,4\n1,2,3,4') }, 'expected at most 7 numbers'],
  ])('%o', async (limits, contents, message) => {
    expect(await errorOf(contents, { limits })).toMatchObject({
      code: 'E_LIMIT',
      message: expect.stringContaining(message),
    });
  });
});

it('refuses two files of one name', async () => {
  const same = [
    { name: 'a.png', bytes: grey(1) },
    { name: 'a.png', bytes: grey(2) },
  ];
  await expect(importFiles(same)).rejects.toMatchObject({
    code: 'E_FORMAT',
    message: expect.stringContaining('two files are called a.png'),
  });
});

it('wants so many images of each part', async () => {
  expect(await errorOf({ '1.png': grey(1) })).toMatchObject({
    code: 'E_RANGE',
    message: expect.stringContaining('got 1 (0 to learn from, 1 to choose the epoch by, 0 to test)'),
  });
  const ten = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`${i}.png`, grey(i)]));
  const { dataset } = await importOf(ten, { leastImages: 3, testFraction: 0.01 });
  expect([dataset.train.count, dataset.validation.count, dataset.test!.count]).toEqual([4, 3, 3]);
  expect((await errorOf(ten, { leastImages: 4, testFraction: 0.01 })).code).toBe('E_RANGE');
});

it('splits by the seed alone, each image once', async () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.png`, grey(i)]));
  const valuesOf = async (seed?: number) => {
    const { train, validation, test } = (await importOf(many, { seed, testFraction: 0.25 })).dataset;
    return [train, validation, test!].map(({ images, shape }) =>
      [...images].filter((_, i) => i % pixelCount(shape) === 0),
    );
  };
  const [one, same, other] = [await valuesOf(), await valuesOf(0), await valuesOf(1)];
  expect(one.map(({ length }) => length)).toEqual([26, 4, 10]);
  expect(one).toEqual(same);
  expect(one).not.toEqual(other);
  expect(one.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i));
});

it('tells how far it is, and stops when it is told to', async () => {
  const progress: ImportProgress[] = [];
  const contents = { 'a.png': grey(1), 'b.txt': text('dear diary'), 'c.png': grey(2) };
  await importOf(contents, { onProgress: (one) => progress.push(one) });
  expect(progress.map(({ files: seen, kept, skipped }) => [seen, kept, skipped])).toEqual([
    [1, 1, 0],
    [2, 1, 1],
    [3, 2, 1],
  ]);
  const stop = new AbortController();
  const reason = new Error('enough');
  const onProgress = () => stop.abort(reason);
  await expect(importOf(contents, { onProgress, signal: stop.signal })).rejects.toBe(reason);
});

it.each<[unknown, unknown, string]>([
  [5, {}, 'E_USAGE'],
  [[{ name: 'a', bytes: 'text' }], {}, 'E_USAGE'],
  ['x', {}, 'E_USAGE'],
  [[null], {}, 'E_USAGE'],
  [[], { size: 0 }, 'E_RANGE'],
  [[], { size: '28' }, 'E_RANGE'],
  [[], { channels: 2 }, 'E_RANGE'],
  [[], { fit: 'squash' }, 'E_UNKNOWN_NAME'],
  [[], { limits: { file: 1 } }, 'E_CONFIG'],
  [[], { sizes: 28 }, 'E_CONFIG'],
  [[], { validationFraction: 1 }, 'E_RANGE'],
])('refuses files %o and options %o', async (given, options, code) => {
  await expect(importFiles(given as never, options as never)).rejects.toMatchObject({ code });
});

it.each(['pets.zip', 'digits.npz'])(
  'of %s with bytes changed or cut off, gives a dataset or a LatentkitError',
  async (name) => {
    const random = createRandom({ seed: 9, stream: Stream.sample });
    for (let round = 0; round < 300; round++) {
      const whole = fixture(name);
      const bytes = whole.slice(0, random.integer(4) === 0 ? random.integer(whole.length) : whole.length);
      for (let n = random.integer(4); n >= 0 && bytes.length > 0; n--)
        bytes[random.integer(bytes.length)] = random.integer(256);
      const made = await importOf({ [name]: bytes }, { size: 6 }).catch((error) => error);
      if (made instanceof LatentkitError) continue;
      const { train, validation, test } = made.dataset;
      const kept = train.count + (validation === test ? 0 : validation.count) + (test?.count ?? 0);
      expect(made.report.kept).toBe(kept);
    }
  },
);
