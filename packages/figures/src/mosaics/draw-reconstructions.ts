import { type ImageShape, LatentkitError, pixelCount } from '@latentkit/core';
import { anything, checkOptions, type OptionRules } from '@latentkit/core/options';
import { checkWidth } from '../svg/check-width.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import { layImageRows } from './draw-image-rows.ts';
import { countImages, type Pixels, toBytes } from './image-input.ts';

export interface Reconstructions {
  /** `[n, height, width, channels]`. */
  originals: Pixels;
  /** What the model made of them: as many, in the same order. */
  reconstructions: Pixels;
  shape: ImageShape;
  /** How many to show; the first 10, or all where there are fewer, by default. */
  count?: number;
}

export interface ReconstructionsOptions {
  /** CSS pixels that the figure may take at most; 900 by default. */
  width?: number;
  title?: string;
  subtitle?: string;
}

const LABEL_WIDTH = 92;

const IMAGES_RULES: OptionRules<Reconstructions> = {
  originals: anything, // countImages looks at them
  reconstructions: anything,
  shape: anything,
  count: anything,
};

/**
 * Images over what the model reconstructs of them, as an SVG of two rows.
 *
 * @returns a standalone SVG with one embedded PNG; the same images give the same string.
 * @throws `E_SHAPE` when the images do not have 1 or 3 channels, do not fit `shape`, or differ in number; `E_RANGE` when
 * `count` is not a whole number of at least 1, or more than there are, or `width` is below 240.
 * @example
 * const svg = drawReconstructions({ originals, reconstructions, shape: { height: 28, width: 28, channels: 1 } });
 */
export function drawReconstructions(images: Reconstructions, options: ReconstructionsOptions = {}): string {
  checkOptions('drawReconstructions', images, IMAGES_RULES, 'images');
  checkOptions('drawReconstructions', options, LOOK_RULES);
  const { width = 900, title = 'Reconstructions', subtitle = '' } = options;
  const { originals, reconstructions, shape, count: wanted } = images;
  checkWidth('drawReconstructions', width);
  const available = countImages('drawReconstructions', originals, shape);
  const made = countImages('drawReconstructions', reconstructions, shape);
  if (made !== available) {
    throw new LatentkitError(
      'E_SHAPE',
      `drawReconstructions: got ${available} originals but ${made} reconstructions`,
    );
  }
  const count = wanted ?? Math.min(10, available);
  if (!Number.isSafeInteger(count) || count < 1 || count > available) {
    throw new LatentkitError(
      'E_RANGE',
      `drawReconstructions: expected a count of 1 to ${available}, got ${count}`,
    );
  }
  const numbers = count * pixelCount(shape);
  const both = new Uint8Array(2 * numbers);
  both.set(toBytes(originals, numbers));
  both.set(toBytes(reconstructions, numbers), numbers);
  return layImageRows(
    'drawReconstructions',
    { images: both, shape, rows: [{ name: 'original' }, { name: 'reconstruction' }] },
    { width, title, subtitle },
    LABEL_WIDTH,
  );
}
