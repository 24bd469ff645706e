import type { ImageShape } from '@latentkit/core';
import type { PictureSize } from './image-size.ts';

/** A part of an image in its pixels; its edges may lie within pixels. */
export interface Box extends PictureSize {
  readonly left: number;
  readonly top: number;
}

/** For each place of the result: where its source begins, and the weights from there on. */
interface Axis {
  readonly starts: Int32Array;
  readonly weights: readonly Float64Array[];
}

/**
 * An image in another size, as numbers that are not rounded: bilinear where it grows, and where it shrinks the mean of all that
 * falls on a pixel, weighted by a triangle of twice its width, so that nothing is left out (Pillow's `BILINEAR`, torchvision's
 * antialiased default). Sums, products and quotients in one order alone: the same bits on every machine.
 *
 * `out[y, x] = sum of w_y[j] w_x[i] in[j, i]`, `w[i] ~ max(0, 1 - |i + 0.5 - centre| / max(1, scale))`, normalised
 *
 * @param data `[height, width, channels]`.
 * @returns `[to.height, to.width, channels]`.
 */
export function resizeChannels(
  data: ArrayLike<number>,
  { height, width, channels }: ImageShape,
  to: PictureSize,
  box: Box = { left: 0, top: 0, width, height },
): Float64Array {
  const across = axisOf(width, box.left, box.width, to.width);
  const down = axisOf(height, box.top, box.height, to.height);
  const rowLength = to.width * channels;
  const firstRow = down.starts[0]!; // of those that the box reaches
  const rows = down.starts[to.height - 1]! + down.weights[to.height - 1]!.length - firstRow;
  const wide = new Float64Array(rows * rowLength);
  for (let row = 0; row < rows; row++) {
    const from = (firstRow + row) * width;
    for (let x = 0; x < to.width; x++) {
      const [start, weights] = [from + across.starts[x]!, across.weights[x]!];
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let i = 0; i < weights.length; i++) sum += weights[i]! * data[(start + i) * channels + channel]!;
        wide[row * rowLength + x * channels + channel] = sum;
      }
    }
  }
  const out = new Float64Array(to.height * rowLength);
  for (let y = 0; y < to.height; y++) {
    const [start, weights] = [(down.starts[y]! - firstRow) * rowLength, down.weights[y]!];
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i]!;
      for (let x = 0; x < rowLength; x++)
        out[y * rowLength + x]! += weight * wide[start + i * rowLength + x]!;
    }
  }
  return out;
}

function axisOf(size: number, start: number, length: number, count: number): Axis {
  const scale = length / count;
  const reach = Math.max(scale, 1);
  const starts = new Int32Array(count);
  const weights = Array.from({ length: count }, (_, place) => {
    const centre = start + (place + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(size, Math.floor(centre + reach + 0.5));
    starts[place] = first;
    const parts = Float64Array.from({ length: end - first }, (_, i) =>
      Math.max(0, 1 - Math.abs(first + i + 0.5 - centre) / reach),
    );
    const sum = parts.reduce((total, part) => total + part, 0);
    return parts.map((part) => part / sum);
  });
  return { starts, weights };
}
