import { type Examples, type ImageSet, indicesUpTo, LatentkitError, pixelCount } from '@latentkit/core';
import { readExamples } from '@latentkit/datasets';

/**
 * Some images of a set in memory, in the order of their indices; all of them where none are named: for figures, which are drawn
 * without waiting.
 *
 * @throws `E_USAGE` for a source that answers later.
 */
export function imagesAtOnce(set: Examples, indices?: ArrayLike<number>): ImageSet {
  const found = readExamples(set, indices);
  if (!(found instanceof Promise)) return found;
  found.catch(() => {}); // of no use any more
  throw new LatentkitError(
    'E_USAGE',
    'a run is drawn with images that are there at once, and this source answers later (its read gives a promise)',
    { fix: 'Let read answer at once, or train with train() of @latentkit/trainers, which waits' },
  );
}

/** Images of a set one after the other, from `first` up to `end`: of a set in memory without a copy. */
export function imagesBetween(set: Examples, first: number, end: number): ImageSet | Promise<ImageSet> {
  if (!('images' in set)) {
    const indices = indicesUpTo(end - first).map((i) => first + i);
    return readExamples(set, indices);
  }
  const { shape, images, labels } = set;
  const pixels = pixelCount(shape);
  return {
    ...{ shape, count: end - first, images: images.subarray(first * pixels, end * pixels) },
    ...(labels && { labels: labels.subarray(first, end) }),
  };
}
