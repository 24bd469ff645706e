import { having } from '@latentkit/core/options';

/** A set whose images are in memory. */
export const setRule = having(
  'a set of images in memory, { shape, count, images }',
  { shape: 'object', count: 'number', images: 'object' },
  'fromArrays makes sets of arrays',
);

/** A dataset whose images are in memory. */
export const datasetRule = having(
  'a dataset, { train, validation }',
  { train: 'object', validation: 'object' },
  'fromArrays makes one of arrays, splitImages of a set',
);
