import { type Examples, type ImageSet, LatentkitError } from '@latentkit/core';
import { examplesBetween } from './examples-between.ts';
import { requireExamples } from './require-set.ts';

/**
 * The first `count` images of a set, or all of a smaller one; a view, nothing is copied.
 *
 * @throws `E_RANGE` when `count` is not a whole number of at least 1.
 * @example
 * const shape = { height: 1, width: 1, channels: 1 };
 * limitImages({ shape, count: 3, images: new Uint8Array([5, 6, 7]) }, 2).images; // Uint8Array [5, 6]
 */
export function limitImages(set: ImageSet, count: number): ImageSet;
export function limitImages(set: Examples, count: number): Examples;
export function limitImages(set: Examples, count: number): Examples {
  requireExamples('limitImages', set);
  if (!Number.isInteger(count) || count < 1) {
    throw new LatentkitError(
      'E_RANGE',
      `limitImages: expected a whole number of images >= 1, got ${String(count)}`,
    );
  }
  return examplesBetween(set, 0, Math.min(count, set.count));
}
