import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { LatentkitError, pixelCount } from '@latentkit/core';
import { encodeNpy, encodeZip } from '@latentkit/formats';
import { expect, it } from 'vitest';
import type { FileSource } from '../download/file-source.ts';
import { shapes } from '../sets/shapes.ts';
import { loadSprites, SPRITES_FILE } from './load-sprites.ts';

const fixtures = `${import.meta.dirname}/../../fixtures`;
// Written by NumPy: fixtures/make-sprites.py.
const truth: { images: string[]; classes: number[][] } = JSON.parse(
  readFileSync(`${fixtures}/sprites.json`, 'utf8'),
);
const folderOf = (bytes?: Uint8Array): FileSource => ({
  location: 'here',
  read: async (name) => (name === SPRITES_FILE ? bytes : undefined),
});
const folder = folderOf(readFileSync(`${fixtures}/dsprites/${SPRITES_FILE}`));

it('has each image once, with the classes that NumPy wrote beside it', async () => {
  const { train, validation, classNames } = await loadSprites(folder, { train: 1000, validation: 10 });
  expect([train.count, validation.count]).toEqual([50, 10]);
  expect(classNames).toEqual(['square', 'ellipse', 'heart']);
  const seen = [train, validation].flatMap(({ shape, count, images, labels, factors }) => {
    expect(factors!.names).toEqual(['shape', 'scale', 'orientation', 'x']);
    expect(factors!.sizes).toEqual([3, 2, 5, 2]);
    return Array.from({ length: count }, (_, i) => {
      const image = images.subarray(i * pixelCount(shape), (i + 1) * pixelCount(shape)) as Uint8Array;
      const index = truth.images.indexOf(createHash('sha256').update(image).digest('hex').slice(0, 16));
      const [, shapeClass, ...others] = truth.classes[index]!;
      expect(labels![i]).toBe(shapeClass);
      expect([...factors!.values.subarray(4 * i, 4 * i + 4)]).toEqual([shapeClass, ...others.slice(0, 3)]);
      return index;
    });
  });
  expect(seen.toSorted((a, b) => a - b)).toEqual([...truth.images.keys()]);
});

it('a smaller part is the beginning of a larger one', async () => {
  const some = await loadSprites(folder, { train: 5, validation: 1 });
  const more = await loadSprites(folder, { train: 20, validation: 1 });
  expect(some.train.images).toEqual(more.train.images.subarray(0, 5 * 4096));
});

it('is what the dataset shapes is with a folder', async () => {
  const { train, validation } = await shapes.load({ dataDir: folder }, 40);
  expect([train.count, validation.count]).toEqual([40, 1]);
});

const npy = (shape: number[], fill = 0) => {
  const size = shape.reduce((a, b) => a * b, 1);
  return encodeNpy({ shape, data: new Uint8Array(size).fill(fill) });
};
const zipOf = (imgs: Uint8Array, classes: Uint8Array) =>
  encodeZip([
    { name: 'imgs.npy', bytes: imgs },
    { name: 'latents_classes.npy', bytes: classes },
  ]);

it.each([
  ['no file', undefined, 'E_NOT_FOUND', 'here has no dsprites_ndarray'],
  ['classes of five latents', zipOf(npy([3, 64, 64]), npy([3, 5])), 'E_FORMAT', 'latents_classes of [3, 5]'],
  [
    'images of another size',
    zipOf(npy([3, 32, 64]), npy([3, 6])),
    'E_FORMAT',
    'expected imgs of [3, 64, 64] bytes',
  ],
  ['grey images', zipOf(npy([3, 64, 64], 9), npy([3, 6])), 'E_FORMAT', 'pixels of 0 and 1'],
  ['two images', zipOf(npy([2, 64, 64]), npy([2, 6])), 'E_RANGE', 'has 2 images'],
  ['one array', encodeZip([{ name: 'imgs.npy', bytes: npy([1]) }]), 'E_FORMAT', 'no array latents_classes'],
])('refuses %s, and says why', async (_, bytes, code, message) => {
  const loaded = loadSprites(folderOf(bytes), { train: 1, validation: 2 });
  await expect(loaded).rejects.toBeInstanceOf(LatentkitError);
  await expect(loaded).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
});
