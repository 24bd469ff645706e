import { describe, expect, it } from 'vitest';
import { fromArrays } from './from-arrays.ts';

const shape = { height: 2, width: 2, channels: 1 };
const gray = (count: number) => new Float32Array(count * 4).fill(0.5);

describe('fromArrays', () => {
  it('splits bytes as they are, with their labels', () => {
    const images = Uint8Array.from({ length: 40 }, (_, i) => Math.floor(i / 4));
    const labels = Array.from({ length: 10 }, (_, i) => i);
    const { name, train, validation } = fromArrays(images, shape, { labels, name: 'mine' });
    expect([name, train.count, validation.count]).toEqual(['mine', 9, 1]);
    expect(train.images).toBeInstanceOf(Uint8Array);
    expect([...train.images].filter((_, i) => i % 4 === 0)).toEqual([...(train.labels ?? [])]);
  });

  it('takes canvas bytes, doubles and plain arrays', () => {
    expect(fromArrays(new Uint8ClampedArray(8).fill(9), shape).train.images).toEqual(
      Uint8Array.of(9, 9, 9, 9),
    );
    const floats = Float32Array.of(0.5, 0.5, 0.5, 0.5);
    expect(fromArrays(new Float64Array(8).fill(0.5), shape).train.images).toEqual(floats);
    expect(fromArrays(Array(8).fill(0.5), shape).train.images).toEqual(floats);
  });

  it('keeps floats of any range, as standardised columns have: what reads them says whether it can', () => {
    const columns = Float32Array.of(-1.5, 0.2, 2.5, -0.47, 255, 0, 0, 1, -1, 0.5, 0.5, 3);
    const { train, validation } = fromArrays(columns, { height: 1, width: 3, channels: 1 });
    expect([...train.images, ...validation.images].toSorted()).toEqual([...columns].toSorted());
  });

  it('holds labels of any number of classes in the smallest array', () => {
    const labelled = (labels: number[]) =>
      fromArrays(gray(4), shape, { labels, validationFraction: 0.25 }).train.labels;
    expect(labelled([0, 255, 0, 255])).toBeInstanceOf(Uint8Array);
    expect(labelled([0, 256, 0, 256])).toBeInstanceOf(Uint16Array);
    expect(labelled([7, 70_000, 7, 70_000])).toBeInstanceOf(Uint32Array);
    expect([...labelled([7, 70_000, 7, 70_000])!].toSorted()).toHaveLength(3);
  });

  it('keeps the factors of each image with it', () => {
    const images = Uint8Array.from({ length: 40 }, (_, i) => Math.floor(i / 4));
    const values = Float32Array.from({ length: 20 }, (_, i) => Math.floor(i / 2));
    const factors = { names: ['a', 'b'], sizes: [10, 0], values };
    for (const set of Object.values(fromArrays(images, shape, { factors }))) {
      if (typeof set === 'string') continue;
      const { images: kept, factors: of } = set as ReturnType<typeof fromArrays>['train'];
      expect([...of!.values].filter((_, i) => i % 2 === 0)).toEqual([...kept].filter((_, i) => i % 4 === 0));
    }
  });

  it('leaves out what it was not given', () => {
    expect(Object.keys(fromArrays(gray(2), shape))).toEqual(['name', 'train', 'validation']);
  });

  it.each([
    ['no images', [], {}, 'E_SHAPE', 'got 0'],
    ['half an image', gray(2).subarray(2), {}, 'E_SHAPE', 'a multiple of 2 x 2 x 1 = 4 numbers, got 6'],
    ['NaN', gray(2).fill(Number.NaN, 7), {}, 'E_NOT_FINITE', 'index 7 (image 1, row 1, column 1)'],
    ['infinity', gray(2).fill(Infinity, 6), {}, 'E_NOT_FINITE', 'index 6 (image 1, row 1, column 0)'],
    ['labels too few', gray(2), { labels: [1] }, 'E_SHAPE', 'each of the 2 images, got 1'],
    [
      'a label beyond 32 bits',
      gray(2),
      { labels: [0, 2 ** 32] },
      'E_RANGE',
      '0 to 4294967295, got 4294967296',
    ],
    ['an ArrayBuffer', new ArrayBuffer(8) as never, {}, 'E_USAGE', 'got ArrayBuffer. new Uint8Array(buffer)'],
    [
      'factors too few',
      gray(2),
      { factors: { names: ['a'], sizes: [2], values: Float32Array.of(1) } },
      'E_SHAPE',
      '1 factors of 2 images want as many sizes and 2 values, got 1 and 1',
    ],
    ['a fractional label', gray(2), { labels: [0.5, 0] }, 'E_RANGE', 'got 0.5 at index 0'],
    [
      'a label without a name',
      gray(2),
      { labels: [0, 2], classNames: ['a', 'b'] },
      'E_RANGE',
      '0 to 1, got 2',
    ],
    ['a single image', gray(1), {}, 'E_RANGE', '2 or more images'],
  ])('refuses %s', (_, images, options, code, message) => {
    expect(() => fromArrays(images, shape, options)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it('refuses a shape without pixels', () => {
    expect(() => fromArrays(gray(2), { height: 0, width: 2, channels: 1 })).toThrow(
      expect.objectContaining({ code: 'E_SHAPE' }),
    );
  });
});
