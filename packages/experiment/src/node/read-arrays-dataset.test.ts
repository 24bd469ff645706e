import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LatentkitError, NdArray } from '@latentkit/core';
import { fromArrays } from '@latentkit/datasets';
import { encodeNpy, type NumberArray } from '@latentkit/formats';
import { expect, it } from 'vitest';
import { tempDirectory } from '../testing/temp-directory.ts';
import { readArraysDataset } from './read-arrays-dataset.ts';

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

it('says of rows of numbers how they become images', async () => {
  const fixOf = (shape: number[]) =>
    readArraysDataset(file({ shape, data: bytes })).then(
      () => undefined,
      ({ fix }: LatentkitError) => fix,
    );
  expect(await fixOf([30, 4])).toContain('rows.reshape(-1, 2, 2)), or rows.reshape(-1, 1, 4)');
  expect(await fixOf([20, 6])).toMatch(/its height and width.*rows\.reshape\(-1, 1, 6\)\)$/);
  expect(await fixOf([120])).toBeUndefined();
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
