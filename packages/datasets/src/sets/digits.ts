import { nothing, optional } from '@latentkit/core/schema';
import { DIGIT_SIDE } from '../digits/draw-digit.ts';
import { digitsDataset } from '../digits/index.ts';
import { type DatasetKind, datasetFields } from './dataset-kind.ts';

/** The drawn digits by their name. */
export const digits: DatasetKind<'digits'> = {
  name: 'digits',
  title: 'handwritten-looking digits, drawn by code; nothing to download',
  shape: { height: DIGIT_SIDE, width: DIGIT_SIDE, channels: 1 },
  ...{ trainImages: 10_000, validationImages: 2_000, testImages: 0, downloadMegabytes: 0, licence: 'MIT' },
  files: [],
  fields: datasetFields('digits', optional(nothing('be left out, as the digits are drawn by code'))),
  load: async () => digitsDataset(),
};
