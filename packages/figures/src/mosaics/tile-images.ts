import { type ImageShape, LatentkitError } from '@latentkit/core';
import { checkOptions, needed, type OptionRules, objectRule, whole } from '@latentkit/core/options';
import { encode } from 'fast-png';
import { countImages, type Pixels, toBytes } from './image-input.ts';
import { imageMosaic, type Mosaic } from './image-mosaic.ts';

export interface TileOptions {
  shape: ImageShape;
  /** The square root of the number of images, rounded up, by default. */
  columns?: number;
  /** Pixels that each of an image's becomes a square of; 1 by default. */
  scale?: number;
  /** Pixels, each way, of an image's that become one, their mean; 1 by default. */
  shrink?: number;
  /** Transparent pixels between images; 0 by default. */
  gap?: number;
}

const RULES: OptionRules<TileOptions> = {
  shape: needed(objectRule),
  columns: whole(1),
  scale: whole(1, 64),
  shrink: whole(1),
  gap: whole(0, 64),
};

/**
 * Images side by side as plain pixels, without a figure's frame and words: for a terminal, a texture, a tracker.
 *
 * @returns `[height, width, channels]`, the last channel opacity where there are gaps; cells without an image are transparent
 * then, else white.
 * @throws `E_SHAPE` when the images do not have 1 or 3 channels or do not fit `shape`; `E_RANGE`, `E_CONFIG` for options.
 * @example
 * const { width, height } = tileImages(new Uint8Array(6 * 784), { shape: { height: 28, width: 28, channels: 1 }, columns: 3 });
 * // 84, 56
 */
export function tileImages(images: Pixels, options: TileOptions): Mosaic {
  checkOptions('tileImages', options, RULES);
  const { shape, scale = 1, shrink = 1, gap = 0 } = options;
  const count = countImages('tileImages', images, shape);
  const { columns = Math.ceil(Math.sqrt(count)) } = options;
  const down = Math.min(shrink, shape.width, shape.height);
  const [width, height] = [shape.width, shape.height].map((side) => Math.floor(side / down) * scale);
  const cell = { width: width!, height: height!, up: scale, down };
  const rows = Math.ceil(count / columns);
  return imageMosaic(toBytes(images), { shape, columns, rows, cell, gapX: gap, gapY: gap });
}

/**
 * Pixels as the bytes of a PNG file, 8 bits a channel.
 *
 * @param pixels grey, grey and opacity, RGB or RGBA: as {@link tileImages} gives them.
 * @throws `E_SHAPE` when the bytes are not as many as the sizes say.
 * @example
 * const png = encodePng({ width: 1, height: 1, channels: 1, data: Uint8Array.of(128) });
 */
export function encodePng(pixels: Mosaic): Uint8Array {
  const { width, height, channels, data } = Object(pixels) as Mosaic;
  const expected = width * height * channels;
  if (!(expected > 0) || !(data instanceof Uint8Array) || data.length !== expected || channels > 4) {
    throw new LatentkitError(
      'E_SHAPE',
      `encodePng: expected ${height} x ${width} x ${channels} bytes of at most 4 channels, got ${Object(data).length}`,
    );
  }
  return encode({ width, height, channels, data, depth: 8 });
}
