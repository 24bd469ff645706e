import { describeShape, type ImageSet, type ImageShape, LatentkitError, type NdArray } from '@latentkit/core';
import type { NumberArray } from '@latentkit/formats';
import { type Background, type Fit, fitImage } from './fit-image.ts';
import { flattenImage, toGrey, toRgb } from './flatten-image.ts';
import type { PictureSize } from './image-size.ts';

/** An array of a file, and what its numbers are stored as. */
export interface FileArray extends NdArray<NumberArray> {
  readonly name: string;
  /** Whole numbers, bytes or truth values by its type, or bytes that are known to be brightness; missing where the file does not say, as a table. */
  readonly stored?: 'int' | 'bool' | 'float' | 'brightness';
}

export interface ArrayOptions {
  size: PictureSize | undefined;
  channels: 1 | 3 | 'auto';
  fit: Fit;
  background: Background;
}

/**
 * The images of an array, `[count, height, width]` with channels last or none, or of rows of numbers that make squares, or
 * the size that is asked for; in the size and colours that are asked for, where it has bytes.
 *
 * Bytes stay bytes; whole numbers from 0 to 255 become bytes; truth values, and bytes of 0 and 1 alone, become floats;
 * floats stay what they are.
 *
 * @throws `E_SHAPE` for what are no images, naming the file; `E_RANGE` for a table's numbers that are no pixels.
 */
export function pixelsOfArray(array: FileArray, options: ArrayOptions): { set: ImageSet; notes: string[] } {
  const { name, shape: axes } = array;
  const [count = 0] = axes;
  const notes: string[] = [];
  const note = (text: string) => notes.push(`${name}: ${text}`);
  const shape = axes.length === 2 ? shapeOfRows(array, options.size, note) : shapeOfAxes(array);
  const isPlanar = axes.length === 4 && [1, 3].includes(axes[1]!) && axes[2]! > 4 && axes[3]! > 4;
  let images = toPixels(array, note);
  if (isPlanar) {
    note(`its images of [${axes.slice(1).join(', ')}] are read with the channels first, as PyTorch has them`);
    images = channelsLast(images, axes as [number, number, number, number]);
  }
  const set = { images, count, shape: isPlanar ? planarShape(axes) : shape };
  const wanted = toWanted(name, set, options);
  if (wanted !== set)
    note(`its images of ${describeShape(set.shape)} are brought to ${describeShape(wanted.shape)}`);
  return { set: wanted, notes };
}

function shapeOfAxes({ name, shape: axes }: FileArray): ImageShape {
  const [, height = 0, width = 0, channels = 1] = axes;
  if (axes.length === 3 || axes.length === 4) return { height, width, channels };
  throw new LatentkitError(
    'E_SHAPE',
    `${name}: expected images, an array of [count, height, width] or [count, height, width, channels], got the shape [${axes.join(', ')}]`,
  );
}

function planarShape([, channels = 0, height = 0, width = 0]: readonly number[]): ImageShape {
  return { height, width, channels };
}

/** What a row of numbers shows. */
function shapeOfRows(
  { name, shape: [, numbers = 0] }: FileArray,
  size: PictureSize | undefined,
  note: (text: string) => void,
): ImageShape {
  for (const channels of [1, 3]) {
    if (size && numbers === size.width * size.height * channels) return { ...size, channels };
  }
  for (const channels of [1, 3]) {
    const side = Math.sqrt(numbers / channels);
    if (!Number.isInteger(side) || side < 2) continue;
    const shown = `${side} x ${side}${channels === 3 ? ' in colour, three numbers a pixel' : ''}`;
    note(`its rows of ${numbers} numbers are read as images of ${shown}`);
    return { height: side, width: side, channels };
  }
  throw new LatentkitError(
    'E_SHAPE',
    `${name}: expected images, got rows of ${numbers} numbers, which make no square`,
    {
      fix: `Say what a row shows, its height and width (size, --size 20x30); where columns are measurements: --dataset table; where an array is no picture: numpy.save('images.npy', rows.reshape(-1, 1, ${numbers}))`,
    },
  );
}

/** The numbers as pixels are stored: bytes, or floats. */
function toPixels(
  { name, data, stored }: FileArray,
  note: (text: string) => void,
): Uint8Array | Float32Array {
  if (stored === 'brightness') return data as Uint8Array;
  let [least, most, areWhole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    least = Math.min(least, value);
    most = Math.max(most, value);
    areWhole &&= Number.isInteger(value);
  }
  const isBinary = stored === 'bool' || (stored !== 'float' && areWhole && least >= 0 && most === 1);
  if (isBinary && stored !== 'bool') note('its numbers are 0 and 1 alone: 1 is read as white');
  if (data instanceof Uint8Array && !isBinary) return data;
  const areBytes = stored !== 'float' && areWhole && least >= 0 && most <= 255;
  if (areBytes && !isBinary) return Uint8Array.from(data);
  if (stored === undefined && !(least >= 0 && most <= 1)) {
    throw new LatentkitError(
      'E_RANGE',
      `${name}: expected pixels as whole numbers from 0 to 255, or as fractions from 0 to 1, got numbers from ${least} to ${most}`,
      {
        fix: 'Scale them, or take out columns that are no pixels; where columns are measurements: --dataset table',
      },
    );
  }
  return Float32Array.from(data);
}

function channelsLast<Pixels extends Uint8Array | Float32Array>(
  images: Pixels,
  [count, channels, height, width]: [number, number, number, number],
): Pixels {
  const out = images.slice() as Pixels;
  const area = height * width;
  for (let image = 0, at = 0; image < count; image++) {
    for (let pixel = 0; pixel < area; pixel++) {
      for (let channel = 0; channel < channels; channel++) {
        out[at++] = images[(image * channels + channel) * area + pixel]!;
      }
    }
  }
  return out;
}

/** In the size and the colours that are asked for. */
function toWanted(name: string, set: ImageSet, { size, channels, fit, background }: ArrayOptions): ImageSet {
  const { shape, count, images } = set;
  const to = { ...(size ?? shape), channels: channels === 'auto' ? shape.channels : channels };
  const isSame = to.width === shape.width && to.height === shape.height && to.channels === shape.channels;
  if (isSame) return set;
  if (!(images instanceof Uint8Array) || shape.channels > 4) {
    throw new LatentkitError(
      'E_SHAPE',
      `${name}: expected images of ${describeShape(to)}, got ${describeShape(shape)}; only bytes with at most 4 channels are resized and recoloured`,
      { fix: 'Resize them before, or leave the size and the channels out.' },
    );
  }
  const [before, after] = [shape.width * shape.height * shape.channels, to.width * to.height * to.channels];
  const out = new Uint8Array(count * after);
  for (let i = 0; i < count; i++) {
    const data = images.subarray(i * before, (i + 1) * before);
    const flat =
      shape.channels === to.channels
        ? { ...shape, data }
        : flattenImage({ ...shape, data }, background).picture;
    const color = to.channels === 1 && flat.channels === 3 ? toGrey(flat) : flat;
    const wide = to.channels === 3 && flat.channels === 1 ? toRgb(color) : color;
    out.set(fitImage(wide, to, { fit, background }).data, i * after);
  }
  return { images: out, count, shape: { height: to.height, width: to.width, channels: to.channels } };
}
