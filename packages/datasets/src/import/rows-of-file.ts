import { type ImageSource, LatentkitError, sizeOfShape } from '@latentkit/core';
import { parseNpyStart } from '@latentkit/formats';
import { type ArrayOptions, pixelsOfArray } from './pixels-of-array.ts';
import { recognizeFile } from './recognize-file.ts';

const LARGE = 2 ** 26; // bytes: below, an array is read whole
const MOST_WHOLE = 2 ** 31; // bytes: no file that is larger is read whole
const HEAD = 2 ** 16; // bytes, which hold a header
const SCANNED = 2 ** 22; // bytes at once

/** A file that is read at places. */
export interface FilePieces {
  /** Bytes. */
  readonly size: number;
  /** The bytes from one place up to another. */
  read(from: number, to: number): Uint8Array;
}

/** The rows of an array of bytes that stays in its file. */
export interface FileRows {
  /** `[count, ...]`. */
  readonly shape: readonly number[];
  /** Some rows, one behind the other. */
  read(first: number, count: number): Uint8Array;
}

/**
 * The rows of a large `.npy` file, and its first bytes; nothing for a smaller file, and for one that is something else: that is read
 * whole, or refused, as any other.
 *
 * @throws `E_FORMAT` for a header that cannot be read, and a file that is longer or shorter than it says; `E_LIMIT` for one that is neither
 * read in pieces nor whole.
 */
export function rowsOfFile(
  { size, read }: FilePieces,
  least: number = LARGE,
): { head: Uint8Array; rows: FileRows } | undefined {
  if (size < least) return undefined;
  const head = read(0, Math.min(HEAD, size));
  if (recognizeFile(head).type !== 'npy') return undefined;
  const { descr, fortranOrder, shape, offset } = parseNpyStart(head);
  const [count = 0, ...axes] = shape;
  if (!/^[|<>=]u1$/.test(descr) || fortranOrder || axes.length === 0) {
    if (size < MOST_WHOLE) return undefined;
    const how = fortranOrder ? 'columns first (fortran_order)' : `as ${descr} of ${shape.length} axes`;
    throw new LatentkitError(
      'E_LIMIT',
      `it has ${size} bytes and is written ${how}; what is larger than memory is read as bytes (uint8), row by row`,
      {
        fix: fortranOrder
          ? "Save it row by row: numpy.save('images.npy', numpy.ascontiguousarray(images))"
          : "Save the pixels as bytes, 0 to 255: numpy.save('images.npy', images.astype('uint8'))",
      },
    );
  }
  const row = sizeOfShape(axes);
  if (size !== offset + count * row) {
    throw new LatentkitError(
      'E_FORMAT',
      `${descr} of shape [${shape.join(', ')}] needs ${offset + count * row} bytes, got ${size}`,
    );
  }
  return {
    head,
    rows: { shape, read: (first, some) => read(offset + first * row, offset + (first + some) * row) },
  };
}

/**
 * The images of an array of bytes that stays in its file, brought to the size and the colours that are asked for as they are read.
 *
 * @throws as {@link pixelsOfArray}; `E_USAGE` for numbers that are 0 and 1 alone, and no brightness.
 */
export function sourceOfRows(
  name: string,
  { shape: axes, read }: FileRows,
  options: ArrayOptions,
): { set: ImageSource; notes: string[] } {
  const [count = 0] = axes;
  const imagesOf = (data: Uint8Array, some: number) =>
    pixelsOfArray({ name, shape: [some, ...axes.slice(1)], data, stored: 'brightness' }, options);
  const row = sizeOfShape(axes.slice(1));
  const { set: first, notes } = imagesOf(read(0, Math.min(count, 1)), Math.min(count, 1));
  checkBrightness(name, { shape: axes, read });
  const { shape } = first;
  const { height, width, channels } = shape;
  return {
    notes,
    set: {
      ...{ shape, count },
      read(indices) {
        const data = new Uint8Array(indices.length * row);
        for (let at = 0; at < indices.length; ) {
          let to = at + 1;
          while (to < indices.length && indices[to] === indices[to - 1]! + 1) to++;
          data.set(read(indices[at]!, to - at), at * row);
          at = to;
        }
        const { images } = imagesOf(data, indices.length).set;
        const x = { shape: [indices.length, height, width, channels], data: images };
        return { size: indices.length, indices, x };
      },
    },
  };
}

/** Looks for a byte above 1, which most images have among their first. */
function checkBrightness(name: string, { shape: [count = 0, ...axes], read }: FileRows): void {
  const atOnce = Math.max(1, Math.floor(SCANNED / Math.max(1, sizeOfShape(axes))));
  let most = 0;
  for (let first = 0; first < count; first += atOnce) {
    for (const byte of read(first, Math.min(atOnce, count - first))) {
      if (byte > 1) return;
      most = Math.max(most, byte);
    }
  }
  if (most === 0) return;
  throw new LatentkitError(
    'E_USAGE',
    `${name}: expected brightness from 0 to 255, got 0 and 1 alone in ${count} images`,
    { fix: 'Save them multiplied by 255' },
  );
}
