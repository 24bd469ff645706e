import { gzipSync } from 'node:zlib';
import { type LatentkitError, pixelCount } from '@latentkit/core';
import { encodeIdx, encodeNpy, encodeSafetensors } from '@latentkit/formats';
import { describe, expect, it } from 'vitest';
import { fromArrays } from '../from-arrays.ts';
import { encodePng } from '../testing/encode-png.ts';
import { fixture, jsonFixture } from '../testing/fixture.ts';
import { type ImportOptions, importFiles } from './import-files.ts';
import type { ImportProgress } from './import-report.ts';
import type { ImportFile } from './unpack-files.ts';

const text = (content: string) => new TextEncoder().encode(content);
const grey = (value: number, side = 2) =>
  encodePng({ width: side, height: side, data: new Array(side * side).fill(value) });
const files = (contents: Record<string, Uint8Array>): ImportFile[] =>
  Object.entries(contents).map(([name, bytes]) => ({ name, bytes }));
const importOf = (contents: Record<string, Uint8Array>, options?: ImportOptions) =>
  importFiles(files(contents), options);
const errorOf = (contents: Record<string, Uint8Array>, options?: ImportOptions): Promise<LatentkitError> =>
  importOf(contents, options).then(
    () => expect.unreachable(),
    (error) => error,
  );

describe('images', () => {
  it('of a ZIP as a person packs it: the bytes of Pillow, classes of folders, and every file accounted for', async () => {
    const expected = jsonFixture<Record<string, number[]>>('pets.json');
    const zip = [{ name: 'pets.zip', bytes: fixture('pets.zip') }];
    const { dataset, report } = await importFiles(zip, { size: 6, channels: 1, validationFraction: 0.3 });
    expect(dataset).toMatchObject({ name: 'arrays', classNames: ['cat', 'dog'] });
    const { train, validation } = dataset;
    expect([train.count, validation.count, train.shape]).toEqual([
      4,
      2,
      { height: 6, width: 6, channels: 1 },
    ]);
    const got = [train, validation].flatMap(({ images, labels, count }) =>
      Array.from({ length: count }, (_, i) => ({
        label: labels![i],
        data: images.subarray(36 * i, 36 * i + 36),
      })),
    );
    for (const [name, pixels] of Object.entries(expected)) {
      const near = got.find(({ data }) => pixels.every((value, i) => Math.abs(value - data[i]!) <= 1));
      expect(near?.label, name).toBe(name.includes('cat') ? 0 : 1);
    }
    expect(report).toMatchObject({
      ...{ source: 'images', kept: 6 },
      classes: [
        { name: 'cat', count: 3 },
        { name: 'dog', count: 3 },
      ],
      skipped: [
        { name: 'pets/__MACOSX/pets/cat/._0.png', why: 'a file of the system' },
        { name: 'pets/pets/.DS_Store', why: 'a file of the system' },
        { name: 'pets/pets/README.txt', why: 'text, and no table of numbers' },
        { name: 'pets/pets/cat/broken.png', why: expect.stringContaining('it is cut off within IDAT') },
      ],
    });
    expect(report.notes).toEqual([
      expect.stringMatching(/^\d of the 6 images have another shape than 6 x 6 and lose .* \(fit: crop\)$/),
      '2 of the 6 images have transparent parts, which are white (background: white)',
    ]);
  });

  it('stand in the order of the code units of their names, whatever order they come in', async () => {
    const contents = {
      'b.png': grey(2),
      'B.png': grey(1),
      'a10.png': grey(10),
      'a9.png': grey(9),
      'ä.png': grey(3),
    };
    const one = await importOf(contents);
    const other = await importFiles(files(contents).reverse());
    expect(other).toEqual(one);
    const { train, validation } = one.dataset;
    const sorted = Uint8Array.from([1, 10, 9, 2, 3].flatMap((value) => [value, value, value, value]));
    expect(one.dataset).toEqual(fromArrays(sorted, train.shape));
    expect(validation.count).toBe(1);
  });

  it('are grey where none has colour, and RGB where one has', async () => {
    const white = encodePng({ width: 1, height: 1, channels: 3, data: [9, 9, 9] });
    const red = encodePng({ width: 1, height: 1, channels: 3, data: [255, 0, 0] });
    const shape = { height: 1, width: 1 };
    const plain = (await importOf({ '1.png': white, '2.png': grey(5, 1) })).dataset;
    expect(plain.train.shape).toEqual({ ...shape, channels: 1 });
    const { dataset } = await importOf({ '1.png': white, '2.png': grey(5, 1), '3.png': red });
    expect(dataset.train.shape).toEqual({ ...shape, channels: 3 });
    const all = [...dataset.train.images, ...dataset.validation.images].sort((a, b) => a - b);
    expect(all).toEqual([0, 0, 5, 5, 5, 9, 9, 9, 255]);
    const asked = (await importOf({ '1.png': white, '2.png': red }, { channels: 1 })).dataset;
    expect([asked.train.images[0], asked.validation.images[0]].sort()).toEqual([76, 9]); // 0.299 x 255
  });

  it('have the parts that their folders are called', async () => {
    const contents = { 'd/train/a/1.png': grey(1), 'd/train/b/1.png': grey(2), 'd/test/a/1.png': grey(3) };
    const { dataset, report } = await importOf(contents);
    expect([dataset.train.count, dataset.test!.images[0], dataset.test!.labels![0]]).toEqual([2, 3, 0]);
    expect(dataset.validation).toBe(dataset.test); // as of MNIST
    expect(report.classes.map(({ count }) => count)).toEqual([2, 1]);
    const held = await importOf(
      { ...contents, 'd/train/a/2.png': grey(4), 'd/train/b/2.png': grey(5) },
      { validationFraction: 0.5 },
    );
    expect([held.dataset.train.count, held.dataset.validation.count, held.dataset.test!.count]).toEqual([
      2, 2, 1,
    ]);
  });

  it('beside folders of classes are left out, with the reason; where most lie in none, folders are no classes', async () => {
    const few = { 'a/1.png': grey(1), 'a/2.png': grey(1), 'b/1.png': grey(2), 'preview.png': grey(9) };
    const { report } = await importOf(few);
    expect(report.skipped).toEqual([
      { name: 'preview.png', why: 'it lies in none of the folders of the classes (a, b)' },
    ]);
    const most = await importOf({
      'a/1.png': grey(1),
      'b/1.png': grey(2),
      '1.png': grey(3),
      '2.png': grey(4),
    });
    expect([most.report.kept, most.report.classes]).toEqual([4, []]);
    expect(most.report.notes[0]).toMatch('2 of the 4 images lie in no folder');
    expect((await importOf(few, { labels: 'none' })).report).toMatchObject({
      kept: 4,
      classes: [],
      notes: [],
    });
  });

  it('of one class have none', async () => {
    const { dataset, report } = await importOf({
      'x/a/1.png': grey(1),
      'x/a/2.png': grey(2),
      'x/3.png': grey(3),
    });
    expect([dataset.classNames, dataset.train.labels]).toEqual([undefined, undefined]);
    expect(report.notes).toEqual(['all folders of images are called a, which is read as no class']);
  });

  it('of other formats go to the decoder, with what their header says; what it throws is why they are left out', async () => {
    const [jpeg, progressive] = jsonFixture<{ jpeg: string[] }>('pictures.json').jpeg.map(
      (file) => new Uint8Array(Buffer.from(file, 'base64')),
    );
    const contents = { 'a.png': jpeg!, 'b.jpg': progressive!, 'c.png': grey(7, 3) }; // endings say nothing
    const headers: unknown[] = [];
    const { dataset, report } = await importOf(contents, {
      size: 1,
      decode(bytes, header) {
        headers.push(header);
        if (bytes === progressive) throw new Error('no such luck');
        return { width: 5, height: 9, channels: 4, data: new Uint8ClampedArray(180).fill(255) }; // turned
      },
    });
    expect(headers).toEqual([1, 2].map(() => ({ width: 9, height: 5, format: 'jpeg' })));
    expect(report.skipped).toEqual([{ name: 'b.jpg', why: 'no such luck' }]);
    expect([dataset.train.images[0], dataset.validation.images[0]].sort()).toEqual([255, 7]);
    const without = await importOf({ 'a.png': jpeg!, 'c.png': grey(7), 'd.png': grey(7) });
    expect(without.report.skipped[0]!.why).toMatch(
      'it is a JPEG image, and PNG alone is read without a decoder',
    );
    await expect(importOf({ 'b.jpg': jpeg! }, { decode: () => ({}) as never })).rejects.toThrow(
      'b.jpg (it says 9 x 5 pixels, and its decoder gave undefined x undefined)',
    );
  });

  it('too large are refused by their header, before they are decoded', async () => {
    const wide = encodePng({ width: 1, height: 1, data: [0] }, { width: 1_000_000, height: 1 });
    const many = encodePng({ width: 1, height: 1, data: [0] }, { width: 30_000, height: 30_000 });
    const { report } = await importOf({
      'wide.png': wide,
      'many.png': many,
      '1.png': grey(1),
      '2.png': grey(2),
    });
    expect(report.skipped.map(({ why }) => why)).toEqual([
      'it says 30000 x 30000 pixels, more than 67,108,864 pixels and 32,768 a side',
      'it says 1000000 x 1 pixels, more than 67,108,864 pixels and 32,768 a side',
    ]);
  });

  it('of several sizes want one', async () => {
    const contents = { '1.png': grey(1), '2.png': grey(1), '3.png': grey(1, 3), '4.png': grey(2, 4) };
    expect(await errorOf(contents)).toMatchObject({
      code: 'E_SHAPE',
      message:
        'importFiles: the images have several sizes: 2 of 2 x 2, 1 of 3 x 3, 1 of 4 x 4. Choose one for all of them (size: 28, --size 28).',
    });
    const { width, height } = (await importOf(contents, { size: { width: 5, height: 3 } })).dataset.train
      .shape;
    expect([width, height]).toEqual([5, 3]);
  });
});

describe('arrays', () => {
  it('of an NPZ of NumPy are parts and classes by their names', async () => {
    const { images } = jsonFixture<{ images: number[] }>('digits.json');
    const { dataset, report } = await importOf({ 'digits.npz': fixture('digits.npz') });
    const { train, test, validation } = dataset;
    expect(train).toEqual({
      shape: { height: 4, width: 5, channels: 1 },
      ...{ count: 8, images: Uint8Array.from(images.slice(0, 160)) },
      labels: Uint8Array.of(0, 1, 2, 0, 1, 2, 0, 1),
    });
    expect([[...test!.images], [...test!.labels!]]).toEqual([images.slice(160), [2, 1, 0, 0]]);
    expect(validation).toBe(test);
    expect(report).toMatchObject({ source: 'arrays', kept: 12, notes: [], skipped: [] });
    expect(report.classes).toEqual([
      { name: '0', count: 5 },
      { name: '1', count: 4 },
      { name: '2', count: 3 },
    ]);
  });

  it('of four IDX files are those of MNIST, packed or not', async () => {
    const array = (shape: number[], start: number) =>
      encodeIdx({
        shape,
        data: Uint8Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => start + i),
      });
    const { dataset } = await importOf({
      'raw/train-images-idx3-ubyte': array([3, 2, 2], 10),
      'raw/train-labels-idx1-ubyte.gz': new Uint8Array(gzipSync(array([3], 0))),
      'raw/t10k-images-idx3-ubyte': array([2, 2, 2], 50),
      'raw/t10k-labels-idx1-ubyte': array([2], 1),
    });
    expect([...dataset.train.labels!, ...dataset.test!.labels!]).toEqual([0, 1, 2, 1, 2]);
    expect([dataset.train.images[0], dataset.test!.images[0], dataset.name]).toEqual([10, 50, 'arrays']);
  });

  it.each<[string, number[], Uint8Array | Float32Array | Int32Array | Float64Array, object]>([
    ['bytes stay bytes', [4, 1, 2], Uint8Array.of(0, 2, 3, 4, 5, 6, 7, 8), Uint8Array],
    ['whole numbers up to 255 become bytes', [4, 1, 2], Int32Array.of(0, 2, 3, 4, 5, 6, 7, 255), Uint8Array],
    ['floats stay floats', [4, 1, 2], Float32Array.of(0, 2, 3, 4, 5, 6, 7, 8), Float32Array],
    ['bytes of 0 and 1 are fractions', [4, 1, 2], Uint8Array.of(0, 1, 0, 1, 0, 1, 1, 1), Float32Array],
    ['bytes that are all 0 are bytes', [4, 1, 2], new Uint8Array(8), Uint8Array],
  ])('%s', async (_, shape, data, type) => {
    const { dataset } = await importOf({ 'x.npy': encodeNpy({ shape, data }) });
    expect(dataset.train.images).toBeInstanceOf(type);
    const all = [...dataset.train.images, ...dataset.validation.images].sort();
    expect(all).toEqual([...data].sort());
  });

  it('of rows are images where they make squares, or what the size says', async () => {
    const rows = (numbers: number) =>
      encodeNpy({ shape: [3, numbers], data: Uint8Array.from({ length: 3 * numbers }, (_, i) => i) });
    const shapeOf = async (numbers: number, size?: ImportOptions['size']) =>
      (await importOf({ 'x.npy': rows(numbers) }, { size })).dataset.train.shape;
    expect(await shapeOf(16)).toEqual({ height: 4, width: 4, channels: 1 });
    expect(await shapeOf(12)).toEqual({ height: 2, width: 2, channels: 3 });
    expect(await shapeOf(12, { width: 6, height: 2 })).toEqual({ height: 2, width: 6, channels: 1 });
    expect(await shapeOf(16, 2)).toEqual({ height: 2, width: 2, channels: 1 });
    expect(await errorOf({ 'x.npy': rows(13) })).toMatchObject({
      code: 'E_SHAPE',
      fix: expect.stringContaining('rows.reshape(-1, 1, 13)'),
    });
  });

  it('with channels first are turned, and that is told', async () => {
    const data = Uint8Array.from({ length: 2 * 3 * 5 * 6 }, (_, i) => i);
    const { dataset, report } = await importOf({ 'x.npy': encodeNpy({ shape: [2, 3, 5, 6], data }) });
    expect(dataset.train.shape).toEqual({ height: 5, width: 6, channels: 3 });
    const first = dataset.train.images[0]! === 0 ? dataset.train : dataset.validation;
    expect([...first.images.subarray(0, 6)]).toEqual([0, 30, 60, 1, 31, 61]);
    expect(report.notes).toEqual([expect.stringContaining('read with the channels first')]);
  });

  it('are resized and recoloured where they are bytes, and refused where they are floats', async () => {
    const bytes = encodeNpy({ shape: [4, 2, 2, 3], data: new Uint8Array(48).fill(100) });
    const { dataset } = await importOf({ 'x.npy': bytes }, { size: 3, channels: 1 });
    expect(dataset.train.shape).toEqual({ height: 3, width: 3, channels: 1 });
    expect([...dataset.validation.images]).toEqual(new Array(9).fill(100));
    const floats = encodeNpy({ shape: [4, 2, 2], data: new Float32Array(16) });
    expect(await errorOf({ 'x.npy': floats }, { size: 3 })).toMatchObject({
      ...{
        code: 'E_SHAPE',
        message: expect.stringContaining('x.npy: expected images of 3 x 3 x 1, got 2 x 2 x 1'),
      },
    });
  });

  it.each<[string, Record<string, Uint8Array>, string, string]>([
    [
      'two of one role',
      {
        'a.npy': encodeNpy({ shape: [2, 2, 2], data: new Uint8Array(8) }),
        'b.npy': encodeNpy({ shape: [2, 2, 2], data: new Uint8Array(8) }),
      },
      'E_FORMAT',
      'a.npy and b.npy are both images of one part',
    ],
    [
      'classes alone',
      { 'y.npy': encodeNpy({ shape: [2], data: new Uint8Array(2) }) },
      'E_FORMAT',
      'y.npy has classes, and there are no images',
    ],
    [
      'another number of classes',
      {
        'x.npy': encodeNpy({ shape: [2, 2, 2], data: new Uint8Array(8) }),
        'y.npy': encodeNpy({ shape: [3], data: new Uint8Array(3) }),
      },
      'E_SHAPE',
      'y.npy: expected a label for each of the 2 images, got 3',
    ],
    [
      'classes that are none',
      {
        'x.npy': encodeNpy({ shape: [1, 2, 2], data: new Uint8Array(4) }),
        'y.npy': encodeNpy({ shape: [1], data: Float32Array.of(0.5) }),
      },
      'E_RANGE',
      'y.npy: expected images, or classes as whole numbers from 0, got 0.5',
    ],
    [
      'numbers that are not finite',
      { 'x.npy': encodeNpy({ shape: [1, 2, 2], data: Float32Array.of(0, 1, Number.NaN, 0) }) },
      'E_NOT_FINITE',
      'x.npy: images: expected finite pixels, got NaN at index 2',
    ],
    [
      'one that is cut off',
      { 'x.npy': encodeNpy({ shape: [2, 2, 2], data: new Uint8Array(8) }).subarray(0, 130) },
      'E_FORMAT',
      'x.npy: parseNpy:',
    ],
    [
      'a part to judge by alone, of two',
      {
        'x_test.npy': encodeNpy({ shape: [2, 2, 2], data: new Uint8Array(8) }),
        'x_val.npy': encodeNpy({ shape: [2, 2, 2], data: new Uint8Array(8) }),
      },
      'E_FORMAT',
      'none to learn from',
    ],
  ])('refuse %s', async (_, contents, code, message) => {
    expect(await errorOf(contents)).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});

describe('tables', () => {
  const lines = (rows: readonly (readonly unknown[])[]) => text(rows.map((row) => row.join(',')).join('\n'));
  const bytes = [
    [3, 0, 50, 100, 255],
    [1, 9, 8, 7, 6],
    [3, 5, 5, 5, 5],
  ];
  const names = ['label', 'p0', 'p1', 'p2', 'p3'];
  const quoted = names.map((name) => `"${name}"`);
  const words = bytes.map(([label, ...row]) => [...row, label === 3 ? 'owl' : 'bee']);

  it.each<[string, Uint8Array, readonly string[] | undefined]>([
    ['classes and pixels under a header', lines([names, ...bytes]), undefined],
    ['a header in quotes', lines([quoted, ...bytes]), undefined],
    ['classes and pixels without a header', lines(bytes), undefined],
    ['classes behind pixels, as words', lines(words), ['bee', 'owl']],
    ['pixels alone', lines(bytes.map((row) => row.slice(1))), undefined],
  ])('of %s', async (what, content, classNames) => {
    const { dataset, report } = await importOf({ 'x.csv': content }, { validationFraction: 0.01 });
    expect(dataset.classNames).toEqual(classNames);
    const { train, validation } = dataset;
    expect(train.shape).toEqual({ height: 2, width: 2, channels: 1 });
    const pairs = [train, validation].flatMap(({ images, labels, count }) =>
      Array.from({ length: count }, (_, i) => [labels?.[i], ...images.subarray(4 * i, 4 * i + 4)]),
    );
    const labelOf = (label: number) =>
      classNames ? (label === 3 ? 1 : 0) : what === 'pixels alone' ? undefined : label;
    const expected = bytes.map(([label, ...row]) => [labelOf(label!), ...row]);
    expect(pairs.sort((a, b) => a[1]! - b[1]!)).toEqual(expected.sort((a, b) => a[1]! - b[1]!));
    expect(train.images).toBeInstanceOf(Uint8Array);
    expect(report.source).toBe('table');
  });

  it('of fractions are floats', async () => {
    const { dataset } = await importOf({ 'x.csv': text('0,0.5,1,0.25\n1,1,0,0\n') });
    expect(dataset.train.images).toBeInstanceOf(Float32Array);
  });

  it('of two files are two parts, as Kaggle has MNIST', async () => {
    const { dataset } = await importOf({
      'mnist_train.csv': lines([names, ...bytes]),
      'mnist_test.csv': lines([names, bytes[0]!]),
    });
    expect([dataset.train.count, [...dataset.test!.images], dataset.test!.labels![0]]).toEqual([
      3,
      [0, 50, 100, 255],
      3,
    ]);
  });

  it.each([
    [
      'a number that is missing',
      '1,2,3,nan\n1,2,3,4',
      'E_FORMAT',
      'line 1, column 4: expected a finite number, got "nan"',
    ],
    [
      'a row of another length',
      '1,2,3,4\n1,2,3',
      'E_FORMAT',
      'line 2: expected 4 cells as in the first row, got 3',
    ],
    ['a word among numbers', '1,2,3,4\n1,2,x3,4', 'E_FORMAT', 'line 2, column 3'],
    ['numbers that are no pixels', '1,2,3,-4\n1,2,3,4', 'E_RANGE', 'got numbers from -4 to 4'],
    ['rows that make no square', '1,2,3\n4,5,6', 'E_SHAPE', 'rows of 3 numbers, which make no square'],
  ])('with %s are refused', async (_, content, code, message) => {
    expect(await errorOf({ 'x.csv': text(content) })).toMatchObject({
      code,
      message: expect.stringMatching(new RegExp(`^x\\.csv: .*${message}`)),
    });
  });
});

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
    [{ unpackedBytes: 1000 }, { 'pets.zip': fixture('pets.zip') }, 'expected at most 1000 (maxBytes)'],
    [
      { unpackedBytes: 10 },
      { 'a.gz': new Uint8Array(gzipSync(new Uint8Array(11))) },
      'a.gz: gunzip: expected at most 10',
    ],
    [{ numbers: 7 }, two, 'more than 7 numbers (limits.numbers)'],
    [
      { numbers: 7 },
      { 'x.npy': encodeNpy({ shape: [2, 2, 2], data: new Uint8Array(8) }) },
      'x.npy: parseNpy',
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
