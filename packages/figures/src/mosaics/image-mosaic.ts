import { type ImageShape, pixelCount } from '@latentkit/core';
import type { Cell } from './fit-cell.ts';

export interface MosaicLayout {
  shape: ImageShape;
  columns: number;
  rows: number;
  cell: Cell;
  /** Between the cells, in the mosaic's pixels. */
  gapX: number;
  gapY: number;
  /** Cells that show nothing, by their number. */
  isBlank?: (cell: number) => boolean;
}

/** Pixels of a picture, row by row: `[height, width, channels]`; 2 and 4 are grey and colour with opacity. */
export interface Mosaic {
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
  data: Uint8Array;
}

/** One byte of a cell: the mean of `down x down` of the image's bytes. */
function meanByte(bytes: Uint8Array, start: number, stride: number, step: number, down: number): number {
  let sum = 0;
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < down; x++) sum += bytes[start + y * stride + x * step]!;
  }
  return Math.round(sum / (down * down));
}

/**
 * Images side by side, row by row. With gaps between them, those and cells without an image are transparent; else white.
 *
 * @param images bytes, `[n, height, width, channels]`.
 * @example
 * imageMosaic(digits, { shape, columns: 10, rows: 2, cell: fitCell(shape, 56, 56), gapX: 4, gapY: 8 });
 */
export function imageMosaic(
  images: Uint8Array,
  { shape, columns, rows, cell, gapX, gapY, isBlank }: MosaicLayout,
): Mosaic {
  const colors = shape.channels === 3 ? 3 : 1;
  const hasGaps = gapX > 0 || gapY > 0;
  const channels = (colors + Number(hasGaps)) as Mosaic['channels'];
  const size = pixelCount(shape);
  const count = Math.min(columns * rows, Math.floor(images.length / size));
  const width = columns * (cell.width + gapX) - gapX;
  const height = rows * (cell.height + gapY) - gapY;
  const data = new Uint8Array(width * height * channels).fill(hasGaps ? 0 : 255);
  const stride = shape.width * colors;
  const { up, down } = cell;
  for (let image = 0; image < count; image++) {
    if (isBlank?.(image)) continue;
    const left = (image % columns) * (cell.width + gapX);
    const top = Math.floor(image / columns) * (cell.height + gapY);
    for (let y = 0; y < cell.height; y += up) {
      const row = ((top + y) * width + left) * channels;
      for (let x = 0; x < cell.width; x += up) {
        const start = image * size + (y / up) * down * stride + (x / up) * down * colors;
        for (let channel = 0; channel < channels; channel++) {
          const byte = channel < colors ? meanByte(images, start + channel, stride, colors, down) : 255;
          for (let i = 0; i < up; i++) data[row + (x + i) * channels + channel] = byte;
        }
      }
      const length = cell.width * channels;
      for (let i = 1; i < up; i++) data.copyWithin(row + i * width * channels, row, row + length);
    }
  }
  return { width, height, channels, data };
}
