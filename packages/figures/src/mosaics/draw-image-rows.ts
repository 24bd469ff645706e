import { type ImageShape, LatentkitError, pixelCount } from '@latentkit/core';
import {
  anything,
  checkOptions,
  functionRule,
  listRule,
  needed,
  type OptionRules,
} from '@latentkit/core/options';
import { checkWidth } from '../svg/check-width.ts';
import { contentTop, figure } from '../svg/figure.ts';
import { figureWidth } from '../svg/figure-width.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import type { SvgElement } from '../svg/svg.ts';
import { theme } from '../svg/theme.ts';
import { label } from '../text/label.ts';
import { textWidth } from '../text/text-width.ts';
import { fitCell, PIXEL_RATIO } from './fit-cell.ts';
import { countImages, type Pixels, toBytes } from './image-input.ts';
import { imageMosaic } from './image-mosaic.ts';
import { mosaicImage } from './mosaic-image.ts';

export interface ImageRows {
  /** `[rows * columns, height, width, channels]`, row by row. */
  images: Pixels;
  shape: ImageShape;
  /** What stands beside each row, and in smaller letters below that; without names there is no room for them. */
  rows: readonly { readonly name: string; readonly note?: string }[];
  /** What stands below the columns, as many as there are; those that have no room are left out. */
  columns?: readonly string[];
  /** How many columns stand close together, by groups with a space between; all by default. */
  groups?: readonly number[];
  /** Whether there is nothing at a place: its numbers are not looked at. */
  isBlank?: (row: number, column: number) => boolean;
}

export interface ImageRowsOptions {
  /** CSS pixels that the figure may take at most; 900 by default. */
  width?: number;
  title?: string;
  subtitle?: string;
}

const MAX_CELL = 112;
const GAP = 4;
const GROUP_GAP = 16;
const LABEL_GAP = 14;
const CAPTION = 20; // room below the images

const ROWS_RULES: OptionRules<ImageRows> = {
  images: anything, // countImages looks at both
  shape: anything,
  rows: needed(listRule),
  columns: listRule,
  groups: listRule,
  isBlank: functionRule,
};

/**
 * Rows of images with a name each, as an SVG: what changes along a row is read from left to right.
 *
 * @returns a standalone SVG with one embedded PNG a group; the same images give the same string.
 * @throws `E_SHAPE` when the images do not have 1 or 3 channels, do not fit `shape`, or make no whole rows of as many as there
 * are names of columns and places in groups; `E_RANGE` when `width` is below 240.
 * @example
 * const svg = drawImageRows({ images, shape, rows: [{ name: 'z₁', note: 'KL 2.31' }], columns: ['−1', '0', '1'] });
 */
export function drawImageRows(given: ImageRows, options: ImageRowsOptions = {}): string {
  checkOptions('drawImageRows', given, ROWS_RULES, 'rows');
  checkOptions('drawImageRows', options, LOOK_RULES);
  return layImageRows('drawImageRows', given, options);
}

/** As {@link drawImageRows}, for whoever has checked its own options; the names' room may be given. */
export function layImageRows(
  where: string,
  { images, shape, rows, columns: captions, groups, isBlank }: ImageRows,
  { width = 900, title = '', subtitle = '' }: ImageRowsOptions,
  namesWidth = roomOfNames(rows),
): string {
  checkWidth(where, width);
  const count = countImages(where, images, shape);
  const columns = rows.length > 0 ? count / rows.length : 0;
  const sizes = groups ?? [columns];
  const inGroups = sizes.reduce((sum, size) => sum + size, 0);
  if (
    !(columns >= 1) ||
    !Number.isInteger(columns) ||
    inGroups !== columns ||
    (captions && captions.length !== columns)
  ) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected ${rows.length} rows of ${captions?.length ?? inGroups} images, got ${count}`,
    );
  }
  const heading = { title, subtitle };
  const between = (sizes.length - 1) * GROUP_GAP;
  const room = (width - 2 * theme.margin - namesWidth - between) / columns - GAP;
  const cell = fitCell(shape, Math.min(MAX_CELL, room), MAX_CELL);
  const [cellWidth, cellHeight] = [cell.width / PIXEL_RATIO, cell.height / PIXEL_RATIO];
  const top = contentTop(heading) + 12;
  const bottom = top + rows.length * (cellHeight + GAP) - GAP;
  const bytes = toBytes(images);
  const content: SvgElement[] = rows.flatMap(({ name, note }, row) => {
    const middle = top + row * (cellHeight + GAP) + cellHeight / 2;
    const baseline = middle + (note === undefined ? 4 : -2);
    return [
      ...(name === '' ? [] : [label('label', name, theme.margin, baseline)]),
      ...(note === undefined ? [] : [label('tick', note, theme.margin, baseline + 14)]),
    ];
  });
  const everyWhich = captions && strideOf(captions, cellWidth + GAP);
  let left = theme.margin + namesWidth;
  let first = 0;
  for (const size of sizes) {
    const gap = GAP * PIXEL_RATIO;
    const some = columnsOf(bytes, pixelCount(shape), { rows: rows.length, columns, first, size });
    const start = first;
    const mosaic = imageMosaic(some, {
      ...{ shape, columns: size, rows: rows.length, cell, gapX: gap, gapY: gap },
      ...(isBlank && { isBlank: (at: number) => isBlank(Math.floor(at / size), start + (at % size)) }),
    });
    content.push(mosaicImage(mosaic, left, top));
    for (let i = 0; captions && everyWhich && i < size; i++) {
      if (i % everyWhich !== 0) continue;
      const x = left + i * (cellWidth + GAP) + cellWidth / 2;
      content.push(label('tick', captions[first + i]!, x, bottom + 16, { 'text-anchor': 'middle' }));
    }
    left += mosaic.width / PIXEL_RATIO + GROUP_GAP;
    first += size;
  }
  return figure(
    {
      width: figureWidth(left - GROUP_GAP - theme.margin, heading, width),
      height: Math.ceil(bottom + (captions ? CAPTION : 0) + theme.margin),
    },
    heading,
    content,
  );
}

function roomOfNames(rows: ImageRows['rows']): number {
  const widths = rows.map(({ name, note = '' }) =>
    Math.max(textWidth(name, theme.label.size), textWidth(note, theme.tick.size)),
  );
  const widest = Math.max(0, ...widths);
  return widest === 0 ? 0 : Math.ceil(widest) + LABEL_GAP;
}

/** Every how many columns' captions have room beside each other. */
function strideOf(captions: readonly string[], room: number): number {
  const widest = Math.max(...captions.map((caption) => textWidth(caption, theme.tick.size)));
  const least = Math.max(1, Math.ceil((widest + 6) / room));
  // A stride that also meets the last one, where there is a near one.
  const last = captions.length - 1;
  const even = [least, least + 1, least + 2].find((stride) => last % stride === 0);
  return even ?? least;
}

/** The images of some neighbouring columns, row by row. */
function columnsOf(
  bytes: Uint8Array,
  pixels: number,
  { rows, columns, first, size }: { rows: number; columns: number; first: number; size: number },
): Uint8Array {
  if (size === columns) return bytes;
  const some = new Uint8Array(rows * size * pixels);
  for (let row = 0; row < rows; row++) {
    const start = (row * columns + first) * pixels;
    some.set(bytes.subarray(start, start + size * pixels), row * size * pixels);
  }
  return some;
}
