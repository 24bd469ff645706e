import { closeSync, openSync, readSync } from 'node:fs';
import { type ImageShape, type ImageSource, LatentkitError, pixelCount } from '@latentkit/core';

/** A file of images one behind the other. */
export interface RowsFile {
  readonly path: string;
  readonly count: number;
  /** Bytes before the first. */
  readonly offset: number;
}

/**
 * Reads images at their places in files, in the order of the files, and as many at once as lie side by side. It answers at once: a
 * batch is read while the one before it is computed, by the threads of an accelerator. No file stays open.
 *
 * @throws `E_IO` for a file that cannot be read any more, `E_FORMAT` for one that has become shorter.
 */
export function readRows(files: readonly RowsFile[], shape: ImageShape): ImageSource['read'] {
  const { height, width, channels } = shape;
  const row = pixelCount(shape);
  const starts = [0];
  for (const { count } of files) starts.push(starts.at(-1)! + count);
  return (indices) => {
    const data = new Uint8Array(indices.length * row);
    const places = indices.map((_, place) => place).sort((a, b) => indices[a]! - indices[b]!);
    let at = 0;
    for (const [i, { path, offset }] of files.entries()) {
      const [start, end] = [starts[i]!, starts[i + 1]!];
      if (at === places.length || indices[places[at]!]! >= end) continue;
      const file = open(path);
      try {
        while (at < places.length && indices[places[at]!]! < end) {
          const place = places[at]!;
          const index = indices[place]!;
          let run = 1;
          while (
            places[at + run] === place + run &&
            indices[place + run] === index + run &&
            index + run < end
          )
            run++;
          const bytes = run * row;
          readWhole(file, data.subarray(place * row, place * row + bytes), {
            path,
            position: offset + (index - start) * row,
          });
          at += run;
        }
      } finally {
        closeSync(file);
      }
    }
    return { size: indices.length, indices, x: { shape: [indices.length, height, width, channels], data } };
  };
}

function open(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw cannotRead(path, cause);
  }
}

function readWhole(
  file: number,
  into: Uint8Array,
  { path, position }: { path: string; position: number },
): void {
  for (let done = 0; done < into.length; ) {
    let got: number;
    try {
      got = readSync(file, into, done, into.length - done, position + done);
    } catch (cause) {
      throw cannotRead(path, cause);
    }
    if (got === 0) {
      throw new LatentkitError(
        'E_FORMAT',
        `${path}: it was cut off: expected an image at byte ${position + done}, and there is none`,
        { fix: 'Pack the images anew' },
      );
    }
    done += got;
  }
}

/** An `E_IO` for a file of a packed set that cannot be read, `E_NOT_FOUND` for one that is not there. */
export function cannotRead(path: string, cause: unknown): LatentkitError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const isGone = code === 'ENOENT' || code === 'ENOTDIR';
  return new LatentkitError(
    isGone ? 'E_NOT_FOUND' : 'E_IO',
    `cannot read ${path}: ${isGone ? 'there is no such file' : message}`,
    { fix: 'Put it back, or pack the images anew', cause },
  );
}
