import type { ImageShape } from '@latentkit/core';

/** Pixels of ground between two images. */
const GAP = 1;

/** Draws images side by side, pixel by pixel: the canvas is made as large as they are, and the page scales it. */
export function drawImages(
  canvas: HTMLCanvasElement,
  bytes: Uint8Array,
  shape: ImageShape,
  columns: number,
): void {
  const { height, width, channels } = shape;
  const size = height * width * channels;
  const count = Math.floor(bytes.length / size);
  const rows = Math.ceil(count / columns);
  canvas.width = columns * (width + GAP) - GAP;
  canvas.height = rows * (height + GAP) - GAP;
  const context = canvas.getContext('2d');
  if (!context) return;
  for (let i = 0; i < count; i++) {
    const pixels = toRgba(bytes.subarray(i * size, (i + 1) * size), channels);
    const [x, y] = [(i % columns) * (width + GAP), Math.floor(i / columns) * (height + GAP)];
    context.putImageData(new ImageData(pixels, width, height), x, y);
  }
}

/** What a pixel becomes that differs most, as in the figures of the command line; one that does not is left clear. */
const HOT = [0xd9, 0x57, 0x1e] as const;

/** Draws how strongly pixels differ, over whatever ground the canvas has. */
export function drawStrengths(
  canvas: HTMLCanvasElement,
  strengths: Uint8Array,
  { height, width }: ImageShape,
): void {
  canvas.width = width;
  canvas.height = height;
  const rgba = new Uint8ClampedArray(4 * strengths.length);
  for (let i = 0; i < strengths.length; i++) rgba.set([...HOT, strengths[i]!], 4 * i);
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
}

/** Bytes of one, three or any number of channels as those of a canvas; of more than three, the first. */
export function toRgba(bytes: Uint8Array, channels: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = bytes.length / channels;
  const rgba = new Uint8ClampedArray(4 * pixels);
  for (let i = 0; i < pixels; i++) {
    const at = i * channels;
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = bytes[at + (channels >= 3 ? c : 0)]!;
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}
