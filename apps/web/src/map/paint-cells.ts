import type { ImageShape } from '@latentkit/core';
import { toRgba } from '../parts/draw-images.ts';

/** Decoded images without gaps between them, so many in a row: a tile of the map. */
export function paintCells(images: Uint8Array, shape: ImageShape, columns: number): ImageBitmap {
  const { height, width, channels } = shape;
  const size = height * width * channels;
  const cells = images.length / size;
  const canvas = new OffscreenCanvas(columns * width, Math.ceil(cells / columns) * height);
  const context = canvas.getContext('2d')!;
  for (let i = 0; i < cells; i++) {
    const pixels = toRgba(images.subarray(i * size, (i + 1) * size), channels);
    const [x, y] = [(i % columns) * width, Math.floor(i / columns) * height];
    context.putImageData(new ImageData(pixels, width, height), x, y);
  }
  return canvas.transferToImageBitmap();
}
