import { LatentkitError } from '@latentkit/core';
import { type Background, LEVEL, type Picture } from './fit-image.ts';

/** What a decoder gives: bytes, `[height, width, channels]`; grey (1), grey and alpha (2), RGB (3) or RGBA (4), alpha not multiplied in. */
export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** An image without transparent parts, grey or RGB, and whether there were some. */
export interface FlatImage {
  readonly picture: Picture;
  readonly wasTransparent: boolean;
}

/**
 * An image on its background: `round((alpha x color + (255 - alpha) x background) / 255)`.
 *
 * @throws `E_FORMAT` for what is no decoded image.
 */
export function flattenImage(image: DecodedImage, background: Background): FlatImage {
  const { width, height, channels, data } = Object(image) as DecodedImage;
  const isBytes = data instanceof Uint8Array || data instanceof Uint8ClampedArray;
  if (!isBytes || ![1, 2, 3, 4].includes(channels) || data.length !== width * height * channels) {
    throw new LatentkitError(
      'E_FORMAT',
      `its decoder gave ${isBytes ? `${data.length} bytes` : 'no bytes'} for ${width} x ${height} pixels of ${channels} channels`,
    );
  }
  if (channels % 2 === 1) {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
    return { picture: { width, height, channels, data: bytes }, wasTransparent: false };
  }
  const [pixels, colors, behind] = [width * height, channels - 1, LEVEL[background]];
  const out = new Uint8Array(pixels * colors);
  let wasTransparent = false;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const alpha = data[pixel * channels + colors]!;
    wasTransparent ||= alpha < 255;
    for (let color = 0; color < colors; color++) {
      const value = alpha * data[pixel * channels + color]! + (255 - alpha) * behind;
      out[pixel * colors + color] = Math.floor((2 * value + 255) / 510); // halves cannot be: 255 is odd
    }
  }
  return { picture: { width, height, channels: colors, data: out }, wasTransparent };
}

/** An RGB image whose three channels are one everywhere, as that one; any other as it is. */
export function withoutColor(picture: Picture): Picture {
  const { channels, data } = picture;
  if (channels !== 3) return picture;
  for (let i = 0; i < data.length; i += 3) {
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return picture;
  }
  const grey = new Uint8Array(data.length / 3);
  for (let i = 0; i < grey.length; i++) grey[i] = data[3 * i]!;
  return { ...picture, channels: 1, data: grey };
}

/**
 * An RGB image in grey, `(19595 R + 38470 G + 7471 B + 2^15) >> 16`: the luma of Rec. 601 in whole numbers, as Pillow has it.
 *
 * @see ITU-R BT.601-7, 2.5.1
 */
export function toGrey(picture: Picture): Picture {
  const { width, height, channels, data } = picture;
  if (channels === 1) return picture;
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < grey.length; i++) {
    const [red, green, blue] = [data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!];
    grey[i] = (19_595 * red + 38_470 * green + 7471 * blue + 32_768) >>> 16;
  }
  return { ...picture, channels: 1, data: grey };
}

/** A grey image with three equal channels. */
export function toRgb(picture: Picture): Picture {
  const { channels, data } = picture;
  if (channels === 3) return picture;
  const colors = new Uint8Array(3 * data.length);
  for (let i = 0; i < data.length; i++) colors.fill(data[i]!, 3 * i, 3 * i + 3);
  return { ...picture, channels: 3, data: colors };
}
