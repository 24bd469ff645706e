import { nothing, optional } from '@latentkit/core/schema';
import { partOf } from '../limit-dataset.ts';
import { SHAPE_SIDE } from '../shapes/draw-shape.ts';
import { shapesDataset } from '../shapes/generate-shapes.ts';
import { type DatasetKind, datasetFields } from './dataset-kind.ts';

const [TRAIN, VALIDATION] = [20_000, 2_000];

/** The drawn shapes by their name. */
export const shapes: DatasetKind<'shapes'> = {
  name: 'shapes',
  title: "squares, ellipses and hearts by dSprites' factors, drawn by code; nothing to download",
  shape: { height: SHAPE_SIDE, width: SHAPE_SIDE, channels: 1 },
  ...{
    trainImages: TRAIN,
    validationImages: VALIDATION,
    testImages: 0,
    downloadMegabytes: 0,
    licence: 'MIT',
  },
  files: [],
  fields: datasetFields('shapes', optional(nothing('be left out, as the shapes are drawn by code'))),
  async load(_, limit = TRAIN, { judgesOnly = false } = {}) {
    const train = Math.min(limit, TRAIN);
    return shapesDataset({ train: judgesOnly ? 1 : train, validation: partOf(VALIDATION, train, TRAIN) });
  },
};
