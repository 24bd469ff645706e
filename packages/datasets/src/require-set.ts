import { checkLayout, type ImageSet } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';

const setRule = having(
  'a set of images in memory, { shape, count, images }',
  { shape: 'object', count: 'number', images: 'object' },
  'fromArrays makes sets of arrays',
);

/** Throws unless it is a set whose images are in memory, as large as it says; it may be empty. */
export function requireSet(where: string, set: ImageSet): void {
  checkValue(where, 'set', set, setRule);
  if (set.count !== 0) checkLayout(where, set);
}

/** A dataset whose images are in memory. */
export const datasetRule = having(
  'a dataset, { train, validation }',
  { train: 'object', validation: 'object' },
  'fromArrays makes one of arrays, splitImages of a set',
);
