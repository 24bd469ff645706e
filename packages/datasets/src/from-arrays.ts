import { type Dataset, type ImageShape, LatentkitError, pixelCount } from '@latentkit/core';
import { checkPixels } from './check-pixels.ts';
import { splitImages } from './split-images.ts';

export interface FromArraysOptions {
  /** A class for each image, whole numbers from 0 to 255. */
  labels?: ArrayLike<number>;
  /** What label `i` stands for. */
  classNames?: readonly string[];
  name?: string;
  /** Share of the images to judge by, above 0 and below 1. */
  validationFraction?: number;
  /** Decides which images those are. */
  seed?: number;
}

/** Images one after another, row by row, channels last: bytes from 0 to 255, or floats from 0 to 1. */
export type PixelArray = Uint8Array | Uint8ClampedArray | Float32Array | Float64Array | readonly number[];

/**
 * Makes a dataset of your own images; bytes stay bytes until a batch is cut.
 *
 * @param images `[count, height, width, channels]`: bytes (0 to 255), or floats (0 to 1; plain arrays count as floats).
 * @throws `E_SHAPE` when the lengths do not fit; `E_NOT_FINITE` and `E_RANGE` for pixels, labels and fractions that
 * cannot be, naming the index.
 * @example
 * const images = new Uint8Array(100 * 8 * 8).fill(255);
 * const { train, validation } = fromArrays(images, { height: 8, width: 8, channels: 1 }); // 90 and 10 images
 */
export function fromArrays(
  images: PixelArray,
  shape: ImageShape,
  { labels, classNames, name = 'arrays', validationFraction = 0.1, seed = 0 }: FromArraysOptions = {},
): Dataset {
  const pixels = pixelCount(shape);
  const { height, width, channels } = shape;
  if (![height, width, channels].every((size) => Number.isSafeInteger(size) && size > 0)) {
    throw new LatentkitError(
      'E_SHAPE',
      `fromArrays: height, width and channels must be whole numbers >= 1, got ${height}, ${width}, ${channels}`,
    );
  }
  if (images.length === 0 || images.length % pixels !== 0) {
    throw new LatentkitError(
      'E_SHAPE',
      `fromArrays: expected a multiple of ${height} x ${width} x ${channels} = ${pixels} numbers, got ${images.length}`,
    );
  }
  const count = images.length / pixels;
  const numbers = toStorage(images);
  if (numbers instanceof Float32Array) checkPixels('fromArrays', numbers, shape);
  const bytes = labels && checkLabels(labels, count, classNames?.length ?? 256);
  const set = { shape, count, images: numbers, ...(bytes && { labels: bytes }) };
  return {
    name,
    ...splitImages(set, { validationFraction, seed }),
    ...(classNames && { classNames }),
  };
}

function toStorage(images: PixelArray): Uint8Array | Float32Array {
  if (images instanceof Uint8Array || images instanceof Float32Array) return images;
  if (images instanceof Uint8ClampedArray) {
    return new Uint8Array(images.buffer, images.byteOffset, images.byteLength);
  }
  return Float32Array.from(images);
}

function checkLabels(labels: ArrayLike<number>, count: number, classes: number): Uint8Array {
  if (labels.length !== count) {
    throw new LatentkitError(
      'E_SHAPE',
      `fromArrays: expected a label for each of the ${count} images, got ${labels.length}`,
    );
  }
  const most = Math.min(classes, 256) - 1;
  return Uint8Array.from(labels, (label, index) => {
    if (Number.isInteger(label) && label >= 0 && label <= most) return label;
    throw new LatentkitError(
      'E_RANGE',
      `fromArrays: expected labels from 0 to ${most}, got ${label} at index ${index}`,
    );
  });
}
