import { type Examples, type ImageSet, pixelCount } from '@latentkit/core';
import { checkValue, whole } from '@latentkit/core/options';
import { labelledAmong } from './labelled-among.ts';
import type { Places } from './places.ts';
import { isSource, requireExamples } from './require-set.ts';
import { takeKept } from './take-images.ts';

/**
 * A part of a set as one of its own, from example `first` up to `end`: a view, of which nothing is copied and nothing read.
 *
 * @throws `E_RANGE` for bounds that are no whole numbers of the set.
 * @example
 * const shape = { height: 1, width: 1, channels: 1 };
 * examplesBetween({ shape, count: 3, images: new Uint8Array([5, 6, 7]) }, 1, 3).images; // Uint8Array [6, 7]
 */
export function examplesBetween(set: ImageSet, first: number, end: number): ImageSet;
export function examplesBetween(set: Examples, first: number, end: number): Examples;
export function examplesBetween(set: Examples, first: number, end: number): Examples {
  requireExamples('examplesBetween', set);
  checkValue('examplesBetween', 'first', first, whole(0, set.count));
  checkValue('examplesBetween', 'end', end, whole(first, set.count));
  if (first === 0 && end === set.count) return set;
  const between: Places = { length: end - first, at: (place) => first + place };
  if (isSource(set)) return takeKept(set, between);
  const { shape, images, labels, factors, labelled } = set;
  const part = <Rows extends { subarray(start: number, stop: number): Rows }>(rows: Rows, columns: number) =>
    rows.subarray(first * columns, end * columns);
  return {
    shape,
    count: end - first,
    images: part(images as Uint8Array, pixelCount(shape)),
    ...(labels && { labels: part(labels as Uint8Array, 1) }),
    ...(factors && { factors: { ...factors, values: part(factors.values, factors.names.length) } }),
    ...(labelled && { labelled: labelledAmong(labelled, between) }),
  };
}
