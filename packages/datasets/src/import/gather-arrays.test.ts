import { gzipSync } from 'node:zlib';
import { encodeIdx, encodeNpy } from '@latentkit/formats';
import { describe, expect, it } from 'vitest';
import { fixture, jsonFixture } from '../testing/fixture.ts';
import { errorOf, importOf } from '../testing/import-of.ts';
import type { ImportOptions } from './import-files.ts';

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
