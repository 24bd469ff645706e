import { type ImageShape, LatentkitError } from '@latentkit/core';
import { anything, checkOptions, type OptionRules } from '@latentkit/core/options';
import { checkWidth } from '../svg/check-width.ts';
import { contentTop, figure } from '../svg/figure.ts';
import { figureWidth } from '../svg/figure-width.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import { theme } from '../svg/theme.ts';
import { fitCell, PIXEL_RATIO } from './fit-cell.ts';
import { countImages, type Pixels, toBytes } from './image-input.ts';
import { imageMosaic } from './image-mosaic.ts';
import { mosaicImage } from './mosaic-image.ts';

export interface Samples {
  /** `[n, height, width, channels]`. */
  images: Pixels;
  shape: ImageShape;
  /** The square root of `n`, rounded up, at most 16, by default. */
  columns?: number;
}

export interface SamplesOptions {
  /** CSS pixels that the figure may take at most; 640 by default. */
  width?: number;
  title?: string;
  subtitle?: string;
}

const MAX_CELL = 112;
const GAP = 3;

const SAMPLES_RULES: OptionRules<Samples> = {
  images: anything, // countImages looks at both
  shape: anything,
  columns: anything,
};

/**
 * Images that the model made of random latents, as an SVG of a grid, row by row.
 *
 * @returns a standalone SVG with one embedded PNG; the same images give the same string.
 * @throws `E_SHAPE` when the images do not have 1 or 3 channels or do not fit `shape`; `E_RANGE` when `columns` is not a
 * whole number of at least 1, or `width` is below 240.
 * @example
 * const svg = drawSamples({ images, shape: { height: 28, width: 28, channels: 1 }, columns: 8 });
 */
export function drawSamples(samples: Samples, options: SamplesOptions = {}): string {
  checkOptions('drawSamples', samples, SAMPLES_RULES, 'samples');
  checkOptions('drawSamples', options, LOOK_RULES);
  const { width = 640, title = 'Random samples', subtitle = '' } = options;
  const { images, shape, columns: wanted } = samples;
  checkWidth('drawSamples', width);
  const count = countImages('drawSamples', images, shape);
  const columns = wanted ?? Math.min(16, Math.ceil(Math.sqrt(count)));
  if (!Number.isSafeInteger(columns) || columns < 1) {
    throw new LatentkitError('E_RANGE', `drawSamples: expected whole columns >= 1, got ${columns}`);
  }
  const heading = { title, subtitle };
  const room = (width - 2 * theme.margin) / columns - GAP;
  const maxCell = Math.max(MAX_CELL, shape.width, shape.height); // large images may keep their size
  const cell = fitCell(shape, Math.min(maxCell, room), maxCell);
  const gap = GAP * PIXEL_RATIO;
  const rows = Math.ceil(count / columns);
  const mosaic = imageMosaic(toBytes(images), {
    shape,
    columns: Math.min(columns, count),
    rows,
    cell,
    gapX: gap,
    gapY: gap,
  });
  const top = contentTop(heading) + 12;
  return figure(
    {
      width: figureWidth(mosaic.width / PIXEL_RATIO, heading, width),
      height: Math.ceil(top + mosaic.height / PIXEL_RATIO + theme.margin),
    },
    heading,
    [mosaicImage(mosaic, theme.margin, top)],
  );
}
