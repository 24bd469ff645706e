import { LatentkitError } from '@latentkit/core';
import { checkOptions } from '@latentkit/core/options';
import { asBytes } from '../arrays/as-bytes.ts';
import {
  checkPixels,
  type ParsePictureOptions,
  PICTURE_RULES,
  type PictureBytes,
} from '../arrays/picture.ts';
import { MAX_PICTURE_PIXELS } from '../limits.ts';
import { unpackLzw } from './unpack-lzw.ts';

/** Of an interlaced picture, the four passes: the first row, and the step to the next. */
const PASSES: readonly (readonly [first: number, step: number])[] = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
];
const [IMAGE, EXTENSION, CONTROL, PALETTE_FLAG] = [0x2c, 0x21, 0xf9, 0x80];

/**
 * Reads the first picture of a GIF, on the whole of its screen: what it does not cover is transparent, as in browsers.
 *
 * @throws `E_FORMAT` for what is no GIF, is cut off or damaged; `E_LIMIT` beyond `maxPixels`, before memory is taken; `E_USAGE`
 * for what are no bytes.
 * @example
 * const { width, height, channels, data } = parseGif(new Uint8Array(await file.arrayBuffer()));
 * @see https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 */
export function parseGif(
  file: Uint8Array | ArrayBufferLike,
  options: ParsePictureOptions = {},
): PictureBytes {
  checkOptions('parseGif', options, PICTURE_RULES);
  const { maxPixels = MAX_PICTURE_PIXELS } = options;
  const bytes = asBytes('parseGif', file);
  try {
    return readPicture(bytes, maxPixels);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause; // beyond its end
    throw wrongGif('it is cut off', cause);
  }
}

function readPicture(bytes: Uint8Array, maxPixels: number): PictureBytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!/^GIF8[79]a$/.test(String.fromCharCode(...bytes.subarray(0, 6)))) {
    throw wrongGif('it does not begin as one');
  }
  const [width, height, flags] = [view.getUint16(6, true), view.getUint16(8, true), view.getUint8(10)];
  if (width === 0 || height === 0) throw wrongGif(`${width} x ${height} pixels`);
  checkPixels('parseGif', width, height, maxPixels);
  let at = 13;
  const takePalette = (of: number): Uint8Array | undefined => {
    if (!(of & PALETTE_FLAG)) return undefined;
    const size = 3 << ((of & 7) + 1);
    view.getUint8(at + size - 1); // it is there
    at += size;
    return bytes.subarray(at - size, at);
  };
  const palette = takePalette(flags);
  let clear: number | undefined; // the transparent colour
  for (;;) {
    const kind = view.getUint8(at++);
    if (kind === EXTENSION) {
      if (view.getUint8(at) === CONTROL && view.getUint8(at + 1) === 4) {
        clear = view.getUint8(at + 2) & 1 ? view.getUint8(at + 5) : undefined;
      }
      at = skipBlocks(view, at + 1);
      continue;
    }
    if (kind !== IMAGE) throw wrongGif('it has no picture');
    const [left, top] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    const [columns, rows] = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)];
    const own = view.getUint8(at + 8);
    at += 9;
    const colors = takePalette(own) ?? palette;
    if (!colors) throw wrongGif('it has no palette');
    if (left + columns > width || top + rows > height)
      throw wrongGif('its picture is larger than its screen');
    const size = view.getUint8(at);
    if (size < 1 || size > 8) throw wrongGif(`colours of ${size} bits`);
    const indices = unpackLzw(joinBlocks(view, at + 1), size, columns * rows);
    const covers = columns === width && rows === height;
    const channels = clear !== undefined || !covers ? 4 : 3;
    const data = new Uint8Array(width * height * channels);
    for (const [row, y] of rowsOf(rows, (own & 0x40) !== 0).entries()) {
      let to = ((top + y) * width + left) * channels;
      for (let column = 0; column < columns; column++, to += channels) {
        const index = indices[row * columns + column]!;
        if (index === clear) continue;
        if (3 * index >= colors.length)
          throw wrongGif(`a colour ${index} of a palette of ${colors.length / 3}`);
        for (let color = 0; color < 3; color++) data[to + color] = colors[3 * index + color]!;
        if (channels === 4) data[to + 3] = 255;
      }
    }
    return { width, height, channels, data };
  }
}

/** The rows of a picture in the order that they are stored. */
function rowsOf(count: number, isInterlaced: boolean): number[] {
  if (!isInterlaced) return Array.from({ length: count }, (_, row) => row);
  return PASSES.flatMap(([first, step]) =>
    Array.from({ length: Math.max(0, Math.ceil((count - first) / step)) }, (_, i) => first + i * step),
  );
}

/** Behind blocks of up to 255 bytes, which one of 0 ends. */
function skipBlocks(view: DataView, start: number): number {
  let at = start;
  for (let size = view.getUint8(at); size > 0; size = view.getUint8(at)) at += size + 1;
  return at + 1;
}

function joinBlocks(view: DataView, start: number): Uint8Array {
  const joined = new Uint8Array(skipBlocks(view, start) - start);
  let length = 0;
  for (let at = start, size = view.getUint8(at); size > 0; size = view.getUint8(at)) {
    joined.set(new Uint8Array(view.buffer, view.byteOffset + at + 1, size), length);
    length += size;
    at += size + 1;
  }
  return joined.subarray(0, length);
}

export function wrongGif(what: string, cause?: unknown): LatentkitError {
  return new LatentkitError('E_FORMAT', `parseGif: this GIF cannot be read: ${what}`, {
    fix: 'Save it anew.',
    cause,
  });
}
