import type { Examples, ImageSet, Labels } from '@latentkit/core';
import { limitImages } from './limit-images.ts';
import { splitImages } from './split-images.ts';

/**
 * The first `count` images of a set; but where the images stand class after class, as those of folders do, each class its share, as
 * the first ones would be of the first classes alone.
 *
 * @throws `E_RANGE` when `count` is not a whole number of at least 1.
 * @example
 * const shape = { height: 1, width: 1, channels: 1 };
 * const set = { shape, count: 4, images: new Uint8Array(4), labels: Uint8Array.of(0, 0, 1, 1) };
 * fewerImages(set, 2).labels; // Uint8Array [0, 1]
 */
export function fewerImages(set: ImageSet, count: number): ImageSet;
export function fewerImages(set: Examples, count: number): Examples;
export function fewerImages(set: Examples, count: number): Examples {
  const first = limitImages(set, count);
  const { labels } = set;
  if (first === set || !labels || !areSorted(labels)) return first;
  return splitImages(set, { validationCount: count }).validation;
}

/** Whether there are several classes, one after the other. */
function areSorted(labels: Labels): boolean {
  for (let i = 1; i < labels.length; i++) if (labels[i]! < labels[i - 1]!) return false;
  return labels[0] !== labels.at(-1);
}
