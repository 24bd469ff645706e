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

/** What its headers say. */
interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  /** Where its pixels begin. */
  readonly start: number;
  /** Blue, green, red and maybe one more byte a colour. */
  readonly palette?: { readonly bytes: Uint8Array; readonly step: 3 | 4 };
  /** Of red, green, blue and alpha. */
  readonly masks: readonly number[];
}

const [FILE_HEADER, OLDEST, COMMON] = [14, 12, 40];
const [RGB, BITFIELDS, ALPHA_BITFIELDS] = [0, 3, 6];
const MASKS: Readonly<Record<number, readonly number[]>> = {
  16: [0x7c00, 0x3e0, 0x1f, 0],
  32: [0xff0000, 0xff00, 0xff, 0],
};

/**
 * Reads a BMP: palettes of 1, 4 and 8 bits, 24 bits, and 16 and 32 by their masks. The fourth byte of 32 bits is alpha only where a mask
 * says so.
 *
 * @throws `E_FORMAT` for what is no BMP, is cut off, or is packed by runs; `E_LIMIT` beyond `maxPixels`, before memory is
 * taken; `E_USAGE` for what are no bytes.
 * @example
 * const { width, height, channels, data } = parseBmp(new Uint8Array(await file.arrayBuffer()));
 * @see https://learn.microsoft.com/windows/win32/gdi/bitmap-storage
 */
export function parseBmp(
  file: Uint8Array | ArrayBufferLike,
  options: ParsePictureOptions = {},
): PictureBytes {
  checkOptions('parseBmp', options, PICTURE_RULES);
  const { maxPixels = MAX_PICTURE_PIXELS } = options;
  const bytes = asBytes('parseBmp', file);
  try {
    return readPixels(bytes, readHeader(bytes, maxPixels));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause; // beyond its end
    throw wrongBmp('it is cut off', cause);
  }
}

function readHeader(bytes: Uint8Array, maxPixels: number): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0) !== 0x424d) throw wrongBmp('it does not begin as one');
  const [start, size] = [view.getUint32(10, true), view.getUint32(FILE_HEADER, true)];
  const isOldest = size === OLDEST;
  if (!isOldest && size < COMMON) throw wrongBmp(`a header of ${size} bytes`);
  const width = isOldest ? view.getUint16(18, true) : view.getInt32(18, true);
  const signed = isOldest ? view.getUint16(20, true) : view.getInt32(22, true);
  const height = Math.abs(signed);
  const bits = view.getUint16(isOldest ? 24 : 28, true);
  const packing = isOldest ? RGB : view.getUint32(30, true);
  if (width <= 0 || height === 0) throw wrongBmp(`${width} x ${signed} pixels`);
  checkPixels('parseBmp', width, height, maxPixels);
  if (![1, 4, 8, 16, 24, 32].includes(bits)) throw wrongBmp(`colours of ${bits} bits`);
  const hasMasks = packing === BITFIELDS || packing === ALPHA_BITFIELDS;
  if (packing !== RGB && !(hasMasks && MASKS[bits])) throw wrongBmp(`it is packed (kind ${packing})`);
  const header = { width, height, isTopDown: signed < 0, bits, start };
  const behind = FILE_HEADER + size;
  if (bits <= 8) {
    const step = isOldest ? 3 : 4;
    const said = isOldest ? 0 : view.getUint32(46, true);
    const colors = Math.min(said === 0 ? 1 << bits : said, 1 << bits);
    return { ...header, masks: [], palette: { bytes: bytes.subarray(behind, behind + colors * step), step } };
  }
  const [first, most] = [FILE_HEADER + COMMON, size >= 56 || packing === ALPHA_BITFIELDS ? 4 : 3];
  const masks = Array.from({ length: most }, (_, i) => (hasMasks ? view.getUint32(first + 4 * i, true) : 0));
  return { ...header, masks: hasMasks ? masks : (MASKS[bits] ?? []) };
}

function readPixels(bytes: Uint8Array, header: BmpHeader): PictureBytes {
  const { width, height, isTopDown, bits, start, palette, masks } = header;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const line = 4 * Math.ceil((width * bits) / 32);
  view.getUint8(start + line * height - 1); // all of it is there
  const channels = masks[3] ? 4 : 3;
  const samples = masks.slice(0, channels).map(sampleOf);
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const row = start + line * (isTopDown ? y : height - 1 - y);
    for (let x = 0, to = y * width * channels; x < width; x++, to += channels) {
      if (palette) {
        const index = (bytes[row + ((x * bits) >> 3)]! >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1);
        const from = index * palette.step;
        if (from + 3 > palette.bytes.length)
          throw wrongBmp(`a colour ${index} that its palette does not have`);
        for (let color = 0; color < 3; color++) data[to + color] = palette.bytes[from + 2 - color]!;
      } else if (bits === 24) {
        for (let color = 0; color < 3; color++) data[to + color] = bytes[row + 3 * x + 2 - color]!;
      } else {
        const value = bits === 16 ? view.getUint16(row + 2 * x, true) : view.getUint32(row + 4 * x, true);
        for (const [i, { shift, most }] of samples.entries()) {
          const part = (value >>> shift) & most;
          data[to + i] = most === 0 ? 0 : Math.floor((255 * part) / most); // as Pillow
        }
      }
    }
  }
  return { width, height, channels, data };
}

/** Where the bits of a mask begin, and the largest number that they hold. */
function sampleOf(mask: number): { shift: number; most: number } {
  const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  if ((most & (most + 1)) !== 0 || most > 0xffff) throw wrongBmp('its masks have holes');
  return { shift, most };
}

function wrongBmp(what: string, cause?: unknown): LatentkitError {
  return new LatentkitError('E_FORMAT', `parseBmp: this BMP cannot be read: ${what}`, {
    fix: 'Save it anew, or as PNG.',
    cause,
  });
}
