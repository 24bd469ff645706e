import { jpegSegments } from './jpeg-segments.ts';
import type { ImageFormat } from './recognize-file.ts';

const ORIENTATION = 0x112;
const SHORT = 3;
const MOST_ENTRIES = 512;

/**
 * How a camera was held, 1 (upright) to 8, as Exif data say; 1 where they say nothing, or nothing that can be read: pictures are
 * not refused for what is beside them.
 *
 * @see Exif 2.32, 4.6.4 (tag 0x0112); PNG (third edition), 11.3.3.4; RFC 9649, 2.7.1.5
 */
export function readOrientation(bytes: Uint8Array, format: ImageFormat): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const exif = FINDERS[format]?.(view);
    return exif ? orientationOf(exif) : 1;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause; // beyond its end
    return 1;
  }
}

type FindExif = (view: DataView) => DataView | undefined;

const FINDERS: Partial<Record<ImageFormat, FindExif>> = {
  jpeg(view) {
    for (const { marker, at } of jpegSegments(view)) {
      if (marker === 0xe1 && textAt(view, at + 4, 6) === 'Exif\0\0') {
        return part(view, at + 10, view.getUint16(at + 2) - 8);
      }
    }
    return undefined;
  },
  png(view) {
    for (let at = 8; ; at += 12 + view.getUint32(at)) {
      const name = textAt(view, at + 4, 4);
      if (name === 'eXIf') return part(view, at + 8, view.getUint32(at));
      if (name === 'IEND') return undefined;
    }
  },
  webp(view) {
    for (let at = 12; at < view.byteLength; ) {
      const size = view.getUint32(at + 4, true);
      if (textAt(view, at, 4) === 'EXIF') {
        const isPrefixed = size > 6 && textAt(view, at + 8, 6) === 'Exif\0\0'; // by some writers, as in JPEG
        return isPrefixed ? part(view, at + 14, size - 6) : part(view, at + 8, size);
      }
      at += 8 + size + (size & 1);
    }
    return undefined;
  },
};

/** The tag of the first directory of a TIFF. */
function orientationOf(exif: DataView): number {
  const order = exif.getUint16(0);
  const isLittle = order === 0x4949;
  if ((!isLittle && order !== 0x4d4d) || exif.getUint16(2, isLittle) !== 42) return 1;
  const start = exif.getUint32(4, isLittle);
  const count = Math.min(exif.getUint16(start, isLittle), MOST_ENTRIES);
  for (let i = 0, at = start + 2; i < count; i++, at += 12) {
    if (exif.getUint16(at, isLittle) !== ORIENTATION) continue;
    const value = exif.getUint16(at + 2, isLittle) === SHORT ? exif.getUint16(at + 8, isLittle) : 1;
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

function part(view: DataView, at: number, length: number): DataView {
  return new DataView(view.buffer, view.byteOffset + at, Math.min(length, view.byteLength - at));
}

function textAt(view: DataView, at: number, length: number): string {
  return Array.from({ length }, (_, i) => String.fromCharCode(view.getUint8(at + i))).join('');
}
