import { LatentkitError } from '@latentkit/core';
import { isJpegFrame, jpegSegments } from './jpeg-segments.ts';
import type { ImageFormat } from './recognize-file.ts';

/** The longest side that images are brought to. */
export const MOST_SIDE = 4096;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * How large an image says that it is, before anything is decoded; where a camera was turned, width and height as stored.
 *
 * @throws `E_FORMAT` where the file ends before, or says nothing.
 */
export function readImageSize(bytes: Uint8Array, format: ImageFormat): PictureSize {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const [width, height] = READERS[format](view);
    if (width > 0 && height > 0) return { width, height };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause; // beyond its end
    throw new LatentkitError('E_FORMAT', 'it is cut off before it says its size', { cause });
  }
  throw new LatentkitError('E_FORMAT', 'it does not say its size');
}

type SizeReader = (view: DataView) => readonly [width: number, height: number];

const READERS: Readonly<Record<ImageFormat, SizeReader>> = {
  png: (view) => [view.getUint32(16), view.getUint32(20)],
  gif: (view) => [view.getUint16(6, true), view.getUint16(8, true)],
  bmp: (view) =>
    view.getUint32(14, true) === 12
      ? [view.getUint16(18, true), view.getUint16(20, true)]
      : [view.getInt32(18, true), Math.abs(view.getInt32(22, true))], // negative where the first row is on top
  webp: readWebp,
  jpeg: readJpeg,
};

/** @see RFC 9649, sections 2.5 to 2.7 */
function readWebp(view: DataView): readonly [number, number] {
  const kind = view.getUint8(15); // the last letter of 'VP8 ', 'VP8L', 'VP8X'
  const uint24 = (at: number) => view.getUint16(at, true) + 65_536 * view.getUint8(at + 2);
  if (kind === 0x58) return [uint24(24) + 1, uint24(27) + 1];
  if (kind !== 0x4c) return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  const bits = view.getUint32(21, true);
  return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
}

/** The size stands in the frame's header. */
function readJpeg(view: DataView): readonly [number, number] {
  for (const { marker, at } of jpegSegments(view)) {
    if (isJpegFrame(marker)) return [view.getUint16(at + 7), view.getUint16(at + 5)];
  }
  return [0, 0];
}
