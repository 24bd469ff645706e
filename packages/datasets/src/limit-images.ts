import { type Examples, type ImageSet, indicesUpTo, LatentkitError, pixelCount } from '@latentkit/core';
import { labelledAmong } from './labelled-among.ts';
import { isSource, requireExamples } from './require-set.ts';
import { allBut, takeKept } from './take-images.ts';

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
  if (count >= set.count) return set;
  if (isSource(set)) return takeKept(set, allBut(count, new Uint32Array()));
  const { shape, images, labels, factors, labelled } = set;
  return {
    shape,
    count,
    images: images.subarray(0, count * pixelCount(shape)),
    ...(labels && { labels: labels.subarray(0, count) }),
    ...(factors && {
      factors: { ...factors, values: factors.values.subarray(0, count * factors.names.length) },
    }),
    ...(labelled && { labelled: labelledAmong(labelled, indicesUpTo(count)) }),
  };
}
