import {
  createModelPictures,
  type EventSink,
  type ModelPicture,
  type ModelPicturesOptions,
  type PicturesAt,
} from '@latentkit/experiment';
import { encodePng, tileImages } from '@latentkit/figures';
import {
  halfBlocks,
  itermPicture,
  kittyPicture,
  type LiveLine,
  type PictureMode,
  paint,
  talk,
} from '@latentkit/terminal';
import type { TrainingEvent } from '@latentkit/trainers';

const MOST_COLUMNS = 10;
const FEWEST_COLUMNS = 2;
const CELL = 16; // characters that an image of half blocks takes at most, and still can be read
const GAP = 1;
const SCALE = 4; // of pictures that are pixels to the terminal, too

export interface PreviewOptions extends Pick<ModelPicturesOptions, 'config' | 'dataset'> {
  mode: Exclude<PictureMode, 'none'>;
  line: Pick<LiveLine, 'clear' | 'width'>;
}

/** Shows what the model makes of images, so far, on the terminal. */
export function createPreview({ config, dataset, mode, line }: PreviewOptions): EventSink<TrainingEvent> {
  const { width } = dataset.train.shape;
  const shrink = Math.ceil(width / CELL);
  const cell = Math.max(1, Math.floor(width / shrink));
  const fitting = Math.floor((line.width + GAP) / (cell + GAP));
  const columns = Math.min(MOST_COLUMNS, Math.max(FEWEST_COLUMNS, fitting));
  const show = (pictures: readonly ModelPicture[], { epoch, keptEpoch }: PicturesAt) => {
    line.clear();
    const which = keptEpoch === undefined ? `Epoch ${epoch}` : `Kept epoch ${keptEpoch}`;
    for (const picture of pictures) {
      talk(paint('dim', `\n${which}: ${picture.title}`));
      process.stderr.write(`${draw(picture, { mode, shrink, cell })}\n`);
    }
    talk();
  };
  return createModelPictures({ config, dataset, columns, sampleRows: 1, show });
}

function draw(
  { images, shape, columns }: ModelPicture,
  { mode, shrink, cell }: Pick<PreviewOptions, 'mode'> & { shrink: number; cell: number },
): string {
  if (mode === 'kitty' || mode === 'iterm') {
    const png = encodePng(tileImages(images, { shape, columns, scale: SCALE, gap: SCALE }));
    return (mode === 'kitty' ? kittyPicture : itermPicture)(png, columns * (cell + GAP) - GAP);
  }
  const colors = { blocks24: 24, blocks8: 8, blocks1: 1 } as const;
  return halfBlocks(tileImages(images, { shape, columns, shrink, gap: GAP }), colors[mode]).join('\n');
}
