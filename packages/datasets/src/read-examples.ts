import { type Examples, type ImageSet, indicesUpTo } from '@latentkit/core';
import { checkValue, listRule } from '@latentkit/core/options';
import { readSource } from './read-source.ts';
import { isSource, requireExamples } from './require-set.ts';
import { takeImages } from './take-images.ts';

/**
 * Some examples of a set as one in memory, in the order of their indices; all of them where none are named. Of a set in memory, and
 * of a source that answers at once, that is at once.
 *
 * @throws `E_RANGE` for an index outside the set; what the source throws, and for what is no answer to what it was asked.
 * @example
 * const { images } = await readExamples(dataset.validation, [0, 1, 2]);
 */
export function readExamples(set: Examples, indices?: ArrayLike<number>): ImageSet | Promise<ImageSet> {
  requireExamples('readExamples', set);
  if (indices) checkValue('readExamples', 'indices', indices, listRule);
  if (!isSource(set)) return indices ? takeImages(set, indices) : set;
  const some = indices ? (takeImages(set, indices) as typeof set) : set;
  const { shape, count, factors } = some;
  if (count === 0) return { shape, count, images: new Uint8Array(0) };
  return readSource(some, indicesUpTo(count), { anyData: true }, (read) => ({
    ...{ shape, count, ...read },
    ...(factors && { factors }),
  }));
}
