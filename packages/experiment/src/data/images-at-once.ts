import { type Examples, type ImageSet, LatentkitError } from '@latentkit/core';
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
