import type { ImageShape } from '@latentkit/core';

/** Pixels of a mosaic per CSS pixel: figures are sharp at scale 2, and on screens of that density. */
export const PIXEL_RATIO = 2;

/** The size of one image in a mosaic, in the mosaic's pixels, and how the image's own pixels come to it. */
export interface Cell {
  width: number;
  height: number;
  /** Each pixel becomes a square of this side. */
  up: number;
  /** Each square of this side becomes one pixel, their mean; 1 unless the image is too large for its cell. */
  down: number;
}

/**
 * The largest size within `maxWidth x maxHeight` CSS pixels that is a whole multiple or fraction of the image's, so that
 * no renderer has to interpolate.
 *
 * @example
 * fitCell({ height: 28, width: 28, channels: 1 }, 50, 50); // { width: 84, height: 84, up: 3, down: 1 }
 */
export function fitCell({ height, width }: ImageShape, maxWidth: number, maxHeight: number): Cell {
  const wanted = Math.min((PIXEL_RATIO * maxWidth) / width, (PIXEL_RATIO * maxHeight) / height);
  const ratio = Math.max(wanted, 1e-6); // a cell without room still has a pixel
  const up = Math.max(1, Math.floor(ratio));
  const down = ratio >= 1 ? 1 : Math.min(Math.ceil(1 / ratio), width, height);
  return { up, down, width: Math.floor(width / down) * up, height: Math.floor(height / down) * up };
}
