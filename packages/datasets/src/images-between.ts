import { type Examples, type ImageSet, indicesUpTo } from '@latentkit/core';
import { checkValue, whole } from '@latentkit/core/options';
import { readExamples } from './read-examples.ts';
import { requireExamples } from './require-set.ts';

/**
 * Examples of a set one after the other, from `first` up to `end`: of a set in memory without a copy.
 *
 * @throws `E_RANGE` for bounds that are no whole numbers; what a source throws.
 * @example
 * const { images } = await imagesBetween(dataset.validation, 0, 500);
 */
export function imagesBetween(set: Examples, first: number, end: number): ImageSet | Promise<ImageSet> {
  requireExamples('imagesBetween', set);
  checkValue('imagesBetween', 'first', first, whole(0, set.count));
  checkValue('imagesBetween', 'end', end, whole(first, set.count));
  if (!('images' in set)) {
    const indices = indicesUpTo(end - first).map((i) => first + i);
    return readExamples(set, indices);
  }
  const { shape, images, labels } = set;
  const numbers = images.length / set.count;
  return {
    ...{ shape, count: end - first, images: images.subarray(first * numbers, end * numbers) },
    ...(labels && { labels: labels.subarray(first, end) }),
  };
}
