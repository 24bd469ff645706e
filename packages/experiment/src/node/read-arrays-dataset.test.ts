import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NdArray } from '@latentkit/core';
import { fromArrays } from '@latentkit/datasets';
import type { ImportReport } from '@latentkit/datasets/import';
import { encodePng } from '@latentkit/figures';
import { encodeNpy, type NumberArray } from '@latentkit/formats';
import { describe, expect, it } from 'vitest';
import { importNotes } from '../data/import-notes.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { openImages, readArraysDataset } from './read-arrays-dataset.ts';

const root = tempDirectory();
let files = 0;
function file(array: NdArray<NumberArray>): string {
  const path = join(root, `${files++}.npy`);
  writeFileSync(path, encodeNpy(array));
  return path;
}
const bytes = Uint8Array.from({ length: 20 * 6 }, (_, i) => (i * 7) % 256);

it('is what fromArrays makes of bytes, with a channel or without', async () => {
  const expected = fromArrays(bytes, { height: 2, width: 3, channels: 1 });
  expect(await readArraysDataset(file({ shape: [20, 2, 3], data: bytes }))).toEqual(expected);
  expect(await readArraysDataset(file({ shape: [20, 2, 3, 1], data: bytes }))).toEqual(expected);
  const colour = await readArraysDataset(file({ shape: [20, 1, 2, 3], data: bytes }));
  expect(colour.train.shape).toEqual({ height: 1, width: 2, channels: 3 });
});

it('reads floats of 64 bits as those of 32', async () => {
  const data = Float64Array.from(bytes, (byte) => byte / 255);
  const { train } = await readArraysDataset(file({ shape: [20, 2, 3], data }));
  expect(train.images).toBeInstanceOf(Float32Array);
  expect(train.count).toBe(18);
});

it('judges by a file of its own, and then learns from all of the other', async () => {
  const train = file({ shape: [20, 2, 3], data: bytes });
  const validation = file({ shape: [4, 2, 3], data: bytes.subarray(0, 24) });
  const dataset = await readArraysDataset(train, { validation });
  expect(dataset.train).toMatchObject({ count: 20, images: bytes });
  expect(dataset.validation).toMatchObject({ count: 4, images: bytes.subarray(0, 24) });
  expect((await readArraysDataset(train, { validation, limit: 10 })).validation.count).toBe(2);
});

it('holds a number of images out to choose the epoch by', async () => {
  const train = file({ shape: [20, 2, 3], data: bytes });
  const held = await readArraysDataset(train, { validationCount: 5 });
  expect([held.train.count, held.validation.count, held.test]).toEqual([15, 5, undefined]);
  const test = file({ shape: [4, 2, 3], data: bytes.subarray(0, 24) });
  const both = await readArraysDataset(train, { validation: test, validationCount: 5, limit: 10 });
  expect([both.train.count, both.validation.count, both.test?.count]).toEqual([5, 5, 2]);
});

it('reads rows of numbers that make squares as images, and says of others how they become some', async () => {
  const path = file({ shape: [30, 4], data: bytes });
  const reports: [string, readonly string[]][] = [];
  const { train } = await readArraysDataset(path, {
    onImport: ({ notes }, from) => reports.push([from, notes]),
  });
  expect([train.count, train.shape]).toEqual([27, { height: 2, width: 2, channels: 1 }]);
  expect(reports).toEqual([
    [path, [expect.stringContaining('rows of 4 numbers are read as images of 2 x 2')]],
  ]);
  await expect(readArraysDataset(file({ shape: [20, 6], data: bytes }))).rejects.toThrow(
    /got rows of 6 numbers, which make no square\. Say .*rows\.reshape\(-1, 1, 6\)\)$/,
  );
  await expect(
    readArraysDataset(file({ shape: [20, 2, 3], data: bytes }), { size: 4 }),
  ).resolves.toMatchObject({
    train: { shape: { height: 4, width: 4, channels: 1 } },
  });
});

it('refuses what are no images, or others', async () => {
  const train = file({ shape: [20, 2, 3], data: bytes });
  const others: [() => Promise<unknown>, object][] = [
    [() => readArraysDataset(file({ shape: [20, 6], data: bytes })), { code: 'E_SHAPE' }],
    [
      () => readArraysDataset(train, { validation: file({ shape: [20, 3, 2], data: bytes }) }),
      { code: 'E_SHAPE' },
    ],
    [
      () => readArraysDataset(file({ shape: [2, 1, 1], data: Float32Array.of(0, Number.NaN) })),
      {
        code: 'E_NOT_FINITE',
        message: expect.stringContaining('got NaN at index 1 (image 1, row 0, column 0)'),
      },
    ],
    [() => readArraysDataset(join(root, 'nowhere.npy')), { code: 'E_NOT_FOUND' }],
  ];
  for (const [reading, error] of others) await expect(reading()).rejects.toMatchObject(error);
});

it('classes of a file go with the images, by number or name, and decide the split as in fromArrays', async () => {
  const shape = { height: 2, width: 3, channels: 1 };
  const classes = Uint8Array.from({ length: 20 }, (_, i) => i % 3);
  const names = file({ shape: [20], data: classes }).replace(/npy$/, 'csv');
  writeFileSync(names, [...classes].map((one) => ['cat', 'dog', 'owl'][one]).join('\n'));
  const images = file({ shape: [20, 2, 3], data: bytes });
  const expected = fromArrays(bytes, shape, { labels: classes });
  expect(await readArraysDataset(images, { labels: file({ shape: [20], data: classes }) })).toEqual(expected);
  const classNames = ['cat', 'dog', 'owl'];
  expect(await readArraysDataset(images, { labels: names })).toEqual({ ...expected, classNames });
  const judges = file({ shape: [2, 2, 3], data: bytes.slice(0, 12) });
  const owls = names.replace(/csv$/, 'owls.csv');
  writeFileSync(owls, 'owl\nowl\n');
  const { validation } = await readArraysDataset(images, {
    ...{ labels: names, validation: judges, validationLabels: owls },
  });
  expect(validation.labels).toEqual(Uint8Array.of(2, 2)); // as the training images have them
  writeFileSync(owls, 'owl\nemu\n');
  const wrong = readArraysDataset(images, { labels: names, validation: judges, validationLabels: owls });
  await expect(wrong).rejects.toThrow('expected labels from 0 to 2, got -1 at index 1');
  await expect(readArraysDataset(judges, { labels: names })).rejects.toThrow('each of the 2 images, got 20');
});

describe('a folder of images', () => {
  const folder = join(root, 'pets');
  const pixels: Record<string, number> = { 'cat/1': 10, 'cat/2': 20, 'dog/1': 30, 'dog/2': 40, 'owl/1': 50 };
  for (const [name, value] of Object.entries(pixels)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    const [width, height] = [6, 4];
    writeFileSync(
      join(folder, `${name}.png`),
      encodePng({ width, height, channels: 1, data: new Uint8Array(24).fill(value) }),
    );
  }
  writeFileSync(join(folder, 'README.txt'), 'Pets of ours.');

  it('is read with its classes, in the order of its names, and split as fromArrays does', async () => {
    const reports: ImportReport[] = [];
    const dataset = await readArraysDataset(folder, {
      size: 2,
      channels: 3,
      onImport: (one) => reports.push(one),
    });
    const images = Uint8Array.from({ length: 5 * 12 }, (_, i) => 10 + 10 * Math.floor(i / 12));
    const labels = [0, 0, 1, 1, 2];
    const shape = { height: 2, width: 2, channels: 3 };
    expect(dataset).toEqual(fromArrays(images, shape, { labels, classNames: ['cat', 'dog', 'owl'] }));
    expect(importNotes(reports[0]!, folder)).toEqual([
      `${folder}: 5 images in 3 classes (cat 2, dog 2, owl 1)`,
      `${folder}: 5 of the 5 images have another shape than 2 x 2 and lose what is too long on both sides (fit: crop)`,
      `${folder}: 1 file is left out: README.txt (text, and no table of numbers)`,
    ]);
  });

  it('to judge by has the classes of the one to learn from, whatever its own are', async () => {
    const judges = join(root, 'judges');
    for (const [name, value] of [
      ['owl', 1],
      ['dog', 2],
    ] as const) {
      mkdirSync(join(judges, name), { recursive: true });
      const data = new Uint8Array(24).fill(value);
      writeFileSync(join(judges, name, '1.png'), encodePng({ width: 6, height: 4, channels: 1, data }));
    }
    const { validation } = await readArraysDataset(folder, { validation: judges });
    expect([[...validation.labels!], validation.images[0]]).toEqual([[1, 2], 2]);
  });

  it('that has parts is judged by its own', async () => {
    const parts = join(root, 'parts');
    for (const [name, value] of [
      ['train/1', 1],
      ['train/2', 2],
      ['test/1', 3],
    ] as const) {
      mkdirSync(join(parts, dirname(name)), { recursive: true });
      writeFileSync(
        join(parts, `${name}.png`),
        encodePng({ width: 1, height: 1, channels: 1, data: Uint8Array.of(value) }),
      );
    }
    const dataset = await readArraysDataset(parts);
    expect([...dataset.train.images, dataset.test!.images[0], dataset.validation === dataset.test]).toEqual([
      1,
      2,
      3,
      true,
    ]);
    const held = await readArraysDataset(parts, { validationCount: 1 });
    expect([held.train.count, held.validation.count, held.test!.images[0]]).toEqual([1, 1, 3]);
    await expect(readArraysDataset(parts, { validation: folder })).rejects.toMatchObject({ code: 'E_USAGE' });
  });
});

it('a dataset that is named in the place of a file is told as such', async () => {
  await expect(openImages('digits')).rejects.toMatchObject({
    code: 'E_NOT_FOUND',
    message: expect.stringContaining('(--dataset digits), data is files of your own'),
  });
});
