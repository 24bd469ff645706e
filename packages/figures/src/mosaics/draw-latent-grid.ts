import { type ImageShape, LatentkitError } from '@latentkit/core';
import { anything, checkOptions, listRule, type OptionRules, textRule } from '@latentkit/core/options';
import { checkWidth } from '../svg/check-width.ts';
import { contentTop, figure } from '../svg/figure.ts';
import { figureWidth } from '../svg/figure-width.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import { svg } from '../svg/svg.ts';
import { theme } from '../svg/theme.ts';
import { fitCell, PIXEL_RATIO } from './fit-cell.ts';
import { type GridAxis, horizontalAxis, verticalAxis, verticalAxisRoom } from './grid-axis.ts';
import { countImages, type Pixels, toBytes } from './image-input.ts';
import { imageMosaic } from './image-mosaic.ts';
import type { LatentGrid } from './latent-grid-points.ts';
import { mosaicImage } from './mosaic-image.ts';

export interface DecodedGrid extends LatentGrid {
  /** What the decoder makes of `latentGridPoints`: `[rows * columns, height, width, channels]`, the top row first. */
  images: Pixels;
  shape: ImageShape;
  /** `z₁` by default. */
  xLabel?: string;
  /** `z₂` by default. */
  yLabel?: string;
}

export interface LatentGridOptions {
  /** CSS pixels that the figure may take at most; 740 by default. */
  width?: number;
  title?: string;
  subtitle?: string;
}

const MAX_CELL = 112;

const GRID_RULES: OptionRules<DecodedGrid> = {
  images: anything, // countImages looks at both
  shape: anything,
  rows: anything,
  columns: anything,
  xRange: listRule,
  yRange: listRule,
  xLabel: textRule,
  yLabel: textRule,
};

/**
 * What the decoder makes of a plane of the latent space, as an SVG: one image a grid point, edge to edge, with the
 * latent coordinates on the axes (a grid of one row or one column has one axis).
 *
 * @returns a standalone SVG with one embedded PNG; the same images give the same string.
 * @throws `E_SHAPE` when there are not `rows x columns` images of 1 or 3 channels that fit `shape`; `E_NOT_FINITE` when a
 * range is not finite; `E_RANGE` when `width` is below 240.
 * @example
 * const grid = { rows: 15, columns: 15 };
 * const images = decode(latentGridPoints(grid)); // your decoder: [225, 2] to [225, 28, 28, 1]
 * const svg = drawLatentGrid({ ...grid, images, shape: { height: 28, width: 28, channels: 1 } });
 */
export function drawLatentGrid(grid: DecodedGrid, options: LatentGridOptions = {}): string {
  checkOptions('drawLatentGrid', grid, GRID_RULES, 'grid');
  checkOptions('drawLatentGrid', options, LOOK_RULES);
  const { width = 740, title = 'Decoded latent grid', subtitle = '' } = options;
  const { images, shape, rows, columns, xRange = [-3, 3], yRange = [-3, 3] } = grid;
  const { xLabel = 'z₁', yLabel = 'z₂' } = grid;
  checkWidth('drawLatentGrid', width);
  const count = countImages('drawLatentGrid', images, shape);
  if (rows * columns !== count || !Number.isSafeInteger(rows) || !(rows > 0)) {
    throw new LatentkitError('E_SHAPE', `drawLatentGrid: expected ${rows} x ${columns} images, got ${count}`);
  }
  if (![...xRange, ...yRange].every(Number.isFinite)) {
    throw new LatentkitError(
      'E_NOT_FINITE',
      `drawLatentGrid: expected finite ranges, got [${xRange}] and [${yRange}]`,
    );
  }
  const heading = { title, subtitle };
  const cell = fitCell(shape, Math.min(MAX_CELL, (width - 2 * theme.margin - 46) / columns), MAX_CELL);
  const mosaic = imageMosaic(toBytes(images), { shape, columns, rows, cell, gapX: 0, gapY: 0 });
  const size = { width: mosaic.width / PIXEL_RATIO, height: mosaic.height / PIXEL_RATIO };
  const across: GridAxis = { range: xRange, name: xLabel, count: columns, length: size.width };
  const upwards: GridAxis = { range: yRange, name: yLabel, count: rows, length: size.height };
  const room = rows > 1 ? verticalAxisRoom(upwards) : 0;
  const left = theme.margin + room;
  const top = contentTop(heading) + 12;
  const bottom = top + size.height;
  return figure(
    {
      width: figureWidth(room + size.width, heading, width),
      height: Math.ceil(bottom + (columns > 1 ? 30 : 0) + theme.margin),
    },
    heading,
    [
      mosaicImage(mosaic, left, top),
      svg('rect', { x: left, y: top, ...size, fill: 'none', stroke: theme.axis }),
      ...(columns > 1 ? [horizontalAxis(across, left, bottom)] : []),
      ...(rows > 1 ? [verticalAxis(upwards, left, top)] : []),
    ],
  );
}
