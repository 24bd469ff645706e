import { type ImageShape, LatentkitError, pixelCount, requireImageArray } from '@latentkit/core';

/** Images in memory, `[n, height, width, channels]`: bytes (0 to 255), or floats (0 to 1, clamped; NaN is black). */
export type Pixels = Uint8Array | Float32Array;

/**
 * The number of images in `pixels`.
 *
 * @param where the public function that complains.
 * @throws `E_SHAPE` unless the channels are 1 (grey) or 3 (RGB), and the pixels make whole images, one at least.
 */
export function countImages(where: string, pixels: Pixels, shape: ImageShape): number {
  requireImageArray(where, pixels);
  const { height, width, channels } = Object(shape) as ImageShape;
  const text = `[${height}, ${width}, ${channels}]`;
  if (channels !== 1 && channels !== 3) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected images of 1 (grey) or 3 (RGB) channels, got ${text}`,
    );
  }
  if (!(Number.isSafeInteger(height) && Number.isSafeInteger(width) && height > 0 && width > 0)) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected a height and a width of whole pixels, got ${text}`,
    );
  }
  const count = pixels.length / pixelCount(shape);
  if (count < 1 || !Number.isSafeInteger(count)) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected whole images of ${text}, got ${pixels.length} numbers`,
    );
  }
  return count;
}

/** The first `count` numbers of `pixels` as bytes, 0 to 255. */
export function toBytes(pixels: Pixels, count = pixels.length): Uint8Array {
  const some = pixels.subarray(0, count);
  return some instanceof Float32Array
    ? Uint8Array.from(Uint8ClampedArray.from(some, (one) => one * 255))
    : some;
}
