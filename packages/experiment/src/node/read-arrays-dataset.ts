import { type Dataset, type ImageShape, LatentkitError } from '@latentkit/core';
import { fromArrays, type PixelArray } from '@latentkit/datasets';
import { limitDataset } from './load-dataset.ts';
import { readTable } from './read-vectors.ts';

export interface ArraysDatasetOptions {
  /** A file of the images to judge by; without it a tenth of the others is, as `fromArrays` chooses them. */
  validation?: string;
  /** Use the first so many training images, and a proportional part of the validation images. */
  limit?: number;
}

/**
 * A dataset of images of one's own: `.npy` files of `[count, height, width]` or `[count, height, width, channels]`, bytes
 * (0 to 255) or floats (0 to 1).
 *
 * @throws `E_NOT_FOUND`, `E_FORMAT` for files that cannot be read; `E_SHAPE`, `E_RANGE`, `E_NOT_FINITE` for what are no images.
 * @example
 * const dataset = await readArraysDataset('faces.npy');
 */
export async function readArraysDataset(
  path: string,
  { validation: validationPath, limit }: ArraysDatasetOptions = {},
): Promise<Dataset> {
  const { images, shape } = await readImages(path);
  if (validationPath === undefined) return limitDataset(fromArrays(images, shape), limit);
  const validation = await readImages(validationPath);
  const [expected, got] = [shape, validation.shape].map(describe);
  if (expected !== got) {
    throw new LatentkitError('E_SHAPE', `${validationPath}: expected images of ${expected}, got ${got}`);
  }
  const train = wholeSet(images, shape);
  return limitDataset({ name: 'arrays', train, validation: wholeSet(validation.images, shape) }, limit);
}

async function readImages(path: string): Promise<{ images: PixelArray; shape: ImageShape }> {
  const { shape: axes, data } = await readTable(path);
  const [, height = 0, width = 0, channels = 1] = axes;
  if (axes.length !== 3 && axes.length !== 4) {
    throw new LatentkitError(
      'E_SHAPE',
      `${path}: expected images, an array of [count, height, width] or [count, height, width, channels], got the shape [${axes.join(', ')}]`,
    );
  }
  const images = data instanceof Uint8Array ? data : Float32Array.from(data);
  return { images, shape: { height, width, channels } };
}

/** All images as one set, checked as `fromArrays` checks them. */
function wholeSet(images: PixelArray, shape: ImageShape): Dataset['train'] {
  const { train, validation } = fromArrays(images, shape);
  return { ...train, count: train.count + validation.count, images: images as Uint8Array | Float32Array };
}

function describe({ height, width, channels }: ImageShape): string {
  return `${height} x ${width} x ${channels}`;
}
