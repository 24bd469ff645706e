import { nothing, optional } from '@latentkit/core/schema';
import { DIGIT_SIDE } from '../digits/draw-digit.ts';
import { digitsDataset } from '../digits/index.ts';
import { partOf } from '../limit-dataset.ts';
import { type DatasetKind, datasetFields } from './dataset-kind.ts';

const [TRAIN, VALIDATION] = [10_000, 2_000];

/** The drawn digits by their name. */
export const digits: DatasetKind<'digits'> = {
  name: 'digits',
  title: 'handwritten-looking digits, drawn by code; nothing to download',
  shape: { height: DIGIT_SIDE, width: DIGIT_SIDE, channels: 1 },
  ...{
    trainImages: TRAIN,
    validationImages: VALIDATION,
    testImages: 0,
    downloadMegabytes: 0,
    licence: 'MIT',
  },
  files: [],
  fields: datasetFields('digits', optional(nothing('be left out, as the digits are drawn by code'))),
  async load(_, limit = TRAIN, { judgesOnly = false } = {}) {
    const train = Math.min(limit, TRAIN);
    return digitsDataset({ train: judgesOnly ? 1 : train, validation: partOf(VALIDATION, train, TRAIN) });
  },
};
