import { partOf } from '../limit-dataset.ts';
import { SHAPE_SIDE } from '../shapes/draw-shape.ts';
import { shapesDataset } from '../shapes/generate-shapes.ts';
import { loadSprites } from '../shapes/load-sprites.ts';
import { type DatasetKind, datasetFields } from './dataset-kind.ts';

const [TRAIN, VALIDATION] = [20_000, 2_000];
/** Of dSprites. */
const [SPRITES, SPRITES_VALIDATION] = [727_280, 10_000];

/** The drawn shapes by their name; with a folder, dSprites itself. */
export const shapes: DatasetKind<'shapes'> = {
  name: 'shapes',
  title: "squares, ellipses and hearts by dSprites' factors, drawn by code; with --data-dir, dSprites itself",
  shape: { height: SHAPE_SIDE, width: SHAPE_SIDE, channels: 1 },
  ...{
    trainImages: TRAIN,
    validationImages: VALIDATION,
    testImages: 0,
    downloadMegabytes: 0,
    licence: 'MIT',
  },
  files: [],
  fields: datasetFields('shapes'),
  async load({ dataDir } = {}, limit, { judgesOnly = false } = {}) {
    if (dataDir) {
      const learned = Math.min(limit ?? SPRITES, SPRITES);
      const validation = partOf(SPRITES_VALIDATION, learned, SPRITES);
      return loadSprites(dataDir, { train: judgesOnly ? 1 : learned, validation });
    }
    const train = Math.min(limit ?? TRAIN, TRAIN);
    return shapesDataset({ train: judgesOnly ? 1 : train, validation: partOf(VALIDATION, train, TRAIN) });
  },
};
