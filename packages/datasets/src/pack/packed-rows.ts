import { closeSync, openSync, readSync } from 'node:fs';
import { type ImageShape, type ImageSource, indicesUpTo, LatentkitError, pixelCount } from '@latentkit/core';

/** A file of images one behind the other. */
export interface RowsFile {
  readonly path: string;
  readonly count: number;
  /** Bytes before the first. */
  readonly offset: number;
}

/** What lies between two images is read along where it is little: fewer reads are faster than fewer bytes. */
const GAP = 2 ** 14; // bytes
const SPAN = 2 ** 22; // bytes read at once

/**
 * Reads images at their places in files, in the order of the files, and those that lie side by side or nearly so at once. It answers
 * at once: a batch is read while the one before it is computed, by the threads of an accelerator. No file stays open.
 *
 * @throws `E_NOT_FOUND`, `E_IO` for a file that cannot be read any more, `E_FORMAT` for one that has become shorter.
 */
export function readRows(files: readonly RowsFile[], shape: ImageShape): ImageSource['read'] {
  const { height, width, channels } = shape;
  const row = pixelCount(shape);
  const starts = [0];
  for (const { count } of files) starts.push(starts.at(-1)! + count);
  let scratch = new Uint8Array(0);

  /** The images at `places[at]` up to `places[to]` of a batch, which lie within a span of a file. */
  function readSpan(file: OpenFile, batch: RowsBatch, at: number, to: number): void {
    const { indices, places, data } = batch;
    const first = indices[places[at]!]!;
    const bytes = (indices[places[to - 1]!]! + 1 - first) * row;
    const position = file.position + first * row;
    const isInPlace = to - at === 1 || isSorted(batch, at, to);
    if (isInPlace) {
      const start = places[at]! * row;
      readWhole(file, data.subarray(start, start + bytes), position);
      return;
    }
    if (scratch.length < bytes) scratch = new Uint8Array(bytes);
    readWhole(file, scratch.subarray(0, bytes), position);
    for (let k = at; k < to; k++) {
      const from = (indices[places[k]!]! - first) * row;
      data.set(scratch.subarray(from, from + row), places[k]! * row);
    }
  }

  return (indices) => {
    const data = new Uint8Array(indices.length * row);
    const places = placesByIndex(indices);
    const batch = { indices, places, data };
    let at = 0;
    for (const [i, { path, offset }] of files.entries()) {
      const end = starts[i + 1]!;
      if (at === places.length || indices[places[at]!]! >= end) continue;
      const file = { path, handle: open(path), position: offset - starts[i]! * row };
      try {
        while (at < places.length && indices[places[at]!]! < end) {
          const first = indices[places[at]!]!;
          let to = at + 1;
          for (let last = first; to < places.length; to++) {
            const next = indices[places[to]!]!;
            if (next >= end || (next - last - 1) * row > GAP || (next + 1 - first) * row > SPAN) break;
            last = next;
          }
          readSpan(file, batch, at, to);
          at = to;
        }
      } finally {
        closeSync(file.handle);
      }
    }
    return { size: indices.length, indices, x: { shape: [indices.length, height, width, channels], data } };
  };
}

/** The places of a batch in the order of their indices, which they have already where images are read one after the other. */
function placesByIndex(indices: Uint32Array): Uint32Array {
  const places = indicesUpTo(indices.length);
  for (let i = 1; i < indices.length; i++) {
    if (indices[i]! < indices[i - 1]!) return places.sort((a, b) => indices[a]! - indices[b]!);
  }
  return places;
}

interface OpenFile {
  readonly path: string;
  readonly handle: number;
  /** Where image 0 of the set would lie. */
  readonly position: number;
}

interface RowsBatch {
  readonly indices: Uint32Array;
  /** Those of the batch, in the order of their indices. */
  readonly places: Uint32Array;
  readonly data: Uint8Array;
}

/** Whether images lie in a file as in the batch, one behind the other. */
function isSorted({ indices, places }: RowsBatch, at: number, to: number): boolean {
  for (let k = at + 1; k < to; k++) {
    if (places[k] !== places[k - 1]! + 1 || indices[places[k]!] !== indices[places[k - 1]!]! + 1)
      return false;
  }
  return true;
}

function open(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw cannotRead(path, cause);
  }
}

function readWhole({ path, handle }: OpenFile, into: Uint8Array, position: number): void {
  for (let done = 0; done < into.length; ) {
    let got: number;
    try {
      got = readSync(handle, into, done, into.length - done, position + done);
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
