import { checkLayout, type Examples, type ImageSet, type ImageSource } from '@latentkit/core';
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

/** As {@link requireSet}, of a set that may lie somewhere else. */
export function requireExamples(where: string, set: Examples): void {
  if (isSource(set)) checkLayout(where, set);
  else requireSet(where, set as ImageSet);
}

/** Whether a set has to be read. */
export function isSource(set: Examples): set is ImageSource {
  return !('images' in Object(set)) && typeof (Object(set) as ImageSource).read === 'function';
}

/** A dataset, in memory or not. */
export const datasetRule = having(
  'a dataset, { train, validation }',
  { train: 'object', validation: 'object' },
  'fromArrays makes one of arrays, splitImages of a set',
);
