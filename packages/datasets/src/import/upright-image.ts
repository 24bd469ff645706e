import type { DecodedImage } from './flatten-image.ts';
import { readOrientation } from './read-orientation.ts';
import type { ImageFormat } from './recognize-file.ts';

/** Of each orientation: whether rows and columns change places, and then which of them run backwards. */
const TURNS: readonly (readonly [swaps: boolean, mirrorsX: boolean, mirrorsY: boolean])[] = [
  [false, false, false],
  [false, true, false],
  [false, true, true],
  [false, false, true],
  [true, false, false],
  [true, true, false],
  [true, true, true],
  [true, false, true],
];

/** An image as the camera was held, where its file says how that was (Exif); what decoders of browsers do by themselves. */
export function uprightImage(image: DecodedImage, file: Uint8Array, format: ImageFormat): DecodedImage {
  const orientation = readOrientation(file, format);
  if (orientation === 1) return image;
  const [swaps, mirrorsX, mirrorsY] = TURNS[orientation - 1]!;
  const { channels } = image;
  const [width, height] = swaps ? [image.height, image.width] : [image.width, image.height];
  const data = new Uint8Array(image.data.length);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += channels) {
      const [column, row] = [mirrorsX ? width - 1 - x : x, mirrorsY ? height - 1 - y : y];
      const from = channels * (swaps ? column * image.width + row : row * image.width + column);
      for (let channel = 0; channel < channels; channel++) data[to + channel] = image.data[from + channel]!;
    }
  }
  return { width, height, channels, data };
}
