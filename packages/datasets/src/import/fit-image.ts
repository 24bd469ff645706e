import type { ImageShape } from '@latentkit/core';
import type { PictureSize } from './image-size.ts';
import { type Box, resizeChannels } from './resize-channels.ts';

/**
 * How an image of another shape becomes one of the size wanted: what is too long is cut off on both sides, or edges of the
 * background are put around it, or it is stretched.
 */
export type Fit = 'crop' | 'pad' | 'stretch';

/** What lies behind transparent parts, and around images that are padded. */
export type Background = 'white' | 'black';

/** Bytes, `[height, width, channels]`. */
export interface Picture extends ImageShape {
  readonly data: Uint8Array;
}

export const LEVEL: Readonly<Record<Background, number>> = { white: 255, black: 0 };

/**
 * An image in the size wanted; as it is, where it has that size.
 *
 * @throws nothing: an image of any size can be brought to any other.
 */
export function fitImage(
  picture: Picture,
  to: PictureSize,
  { fit, background }: { fit: Fit; background: Background },
): Picture {
  const { width, height, channels } = picture;
  if (width === to.width && height === to.height) return picture;
  if (fit !== 'pad') {
    const box = fit === 'crop' ? cropBox(picture, to) : undefined;
    return { ...to, channels, data: toBytes(resizeChannels(picture.data, picture, to, box)) };
  }
  const scale = Math.min(to.width / width, to.height / height);
  const inner = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const small = toBytes(resizeChannels(picture.data, picture, inner));
  const data = new Uint8Array(to.width * to.height * channels).fill(LEVEL[background]);
  const [left, top] = [(to.width - inner.width) >> 1, (to.height - inner.height) >> 1];
  const row = inner.width * channels;
  for (let y = 0; y < inner.height; y++) {
    data.set(small.subarray(y * row, (y + 1) * row), ((top + y) * to.width + left) * channels);
  }
  return { ...to, channels, data };
}

/** The largest part of the wanted shape, in the middle. */
function cropBox({ width, height }: PictureSize, to: PictureSize): Box {
  const scale = Math.min(width / to.width, height / to.height);
  const [boxWidth, boxHeight] = [to.width * scale, to.height * scale];
  return {
    ...{ left: (width - boxWidth) / 2, top: (height - boxHeight) / 2 },
    ...{ width: boxWidth, height: boxHeight },
  };
}

function toBytes(numbers: Float64Array): Uint8Array {
  return Uint8Array.from(numbers, (value) => Math.min(255, Math.floor(value + 0.5)));
}
