import { encode } from 'fast-png';
import { encodeBase64 } from '../svg/base64.ts';
import { type SvgElement, svg } from '../svg/svg.ts';
import { PIXEL_RATIO } from './fit-cell.ts';
import type { Mosaic } from './image-mosaic.ts';

/**
 * A mosaic as one `<image>` that carries its PNG, its left upper corner at `x, y`.
 *
 * @example
 * mosaicImage(mosaic, 24, 80);
 */
export function mosaicImage({ width, height, channels, data }: Mosaic, x: number, y: number): SvgElement {
  const png = encode({ width, height, channels, data, depth: 8 });
  return svg('image', {
    x,
    y,
    width: width / PIXEL_RATIO,
    height: height / PIXEL_RATIO,
    href: `data:image/png;base64,${encodeBase64(png)}`,
  });
}
