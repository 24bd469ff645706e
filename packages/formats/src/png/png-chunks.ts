import { LatentkitError } from '@latentkit/core';
import { crc32 } from '../gzip/crc32.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const FRAME_BYTES = 12; // length, type and checksum of a chunk
const HEADER_BYTES = 13;

/** The kinds of colours, by their number: samples a pixel, and how many bits a sample may have. */
export const COLOR_TYPES: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

/** What a PNG consists of, before its pixels are unpacked. */
export interface PngChunks {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth: number;
  readonly colorType: number;
  readonly isInterlaced: boolean;
  /** Three bytes a colour. */
  readonly palette?: Uint8Array;
  /** Alpha of the palette's colours, or the one colour that is transparent. */
  readonly transparency?: Uint8Array;
  /** The zlib stream of its pixels. */
  readonly packed: Uint8Array;
}

/**
 * The chunks of a PNG that its pixels need, each held against its checksum.
 *
 * @throws `E_FORMAT` for what is no PNG, is cut off or damaged.
 * @see PNG (third edition), section 5
 */
export function readChunks(bytes: Uint8Array): PngChunks {
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) throw wrongPng('it does not begin as one');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  const found = new Map<string, Uint8Array>();
  for (let at = SIGNATURE.length; !found.has('IEND'); ) {
    if (at + FRAME_BYTES > bytes.length) throw wrongPng('it is cut off');
    const [length, name] = [view.getUint32(at), String.fromCharCode(...bytes.subarray(at + 4, at + 8))];
    const end = at + 8 + length;
    if (end + 4 > bytes.length) throw wrongPng(`it is cut off within ${name}`);
    if (view.getUint32(end) !== crc32(bytes.subarray(at + 4, end)))
      throw wrongPng(`a wrong checksum of ${name}`);
    if (at === SIGNATURE.length && name !== 'IHDR') throw wrongPng(`it begins with ${name}, not with IHDR`);
    const content = bytes.subarray(at + 8, end);
    if (name === 'IDAT') parts.push(content);
    else if (/^(?:IHDR|PLTE|tRNS|IEND)$/.test(name)) found.set(name, content);
    else if (/^[A-Z]/.test(name)) throw wrongPng(`a chunk ${name} that must be understood`);
    at = end + 4;
  }
  const [palette, transparency] = [found.get('PLTE'), found.get('tRNS')];
  return { ...readHeader(found.get('IHDR')!), palette, transparency, packed: join(parts) };
}

function readHeader(
  header: Uint8Array,
): Pick<PngChunks, 'width' | 'height' | 'depth' | 'colorType' | 'isInterlaced'> {
  if (header.length !== HEADER_BYTES)
    throw wrongPng(`a header of ${header.length} bytes, expected ${HEADER_BYTES}`);
  const view = new DataView(header.buffer, header.byteOffset, HEADER_BYTES);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth = 0, colorType = 0, compression, filter, interlace = 0] = header.subarray(8);
  if (width === 0 || height === 0) throw wrongPng(`${width} x ${height} pixels`);
  if (!COLOR_TYPES[colorType]?.depths.includes(depth))
    throw wrongPng(`colours of type ${colorType} with ${depth} bits`);
  if (compression !== 0 || filter !== 0 || interlace > 1) throw wrongPng('it is packed in no known way');
  return { width, height, depth, colorType, isInterlaced: interlace === 1 };
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 0) throw wrongPng('it has no pixels (IDAT)');
  if (parts.length === 1) return parts[0]!;
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function wrongPng(what: string, cause?: unknown): LatentkitError {
  return new LatentkitError('E_FORMAT', `parsePng: this PNG cannot be read: ${what}`, {
    fix: 'Save it anew.',
    cause,
  });
}
