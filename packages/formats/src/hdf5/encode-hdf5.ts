import { LatentkitError, type NdArray, shorten, sizeOfShape } from '@latentkit/core';
import { checkValue, objectRule } from '@latentkit/core/options';
import { HOST_IS_LITTLE_ENDIAN, swapBytes } from '../arrays/swap-bytes.ts';
import { lookup3 } from './lookup3.ts';

/** A group: arrays of float32, and groups, by name. */
export interface Hdf5Group {
  readonly [name: string]: Hdf5Group | NdArray<Float32Array>;
}

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const SUPERBLOCK_BYTES = 48;
const ALIGNMENT = 8;
const NOWHERE = Array<number>(8).fill(0xff);
/** Types of messages in a header. */
const [DATASPACE, LINK_INFO, DATATYPE, FILL, LINK, LAYOUT, GROUP_INFO] = [1, 2, 3, 5, 6, 8, 10];
/** Little-endian IEEE 754 of 32 bits, as the library writes it. */
const FLOAT32 = [
  ...[0x11, 0x20, 31, 0, ...whole(4, 4)], // version 1, a float; its sign is bit 31; 4 bytes
  ...[...whole(0, 2), ...whole(32, 2), 23, 8, 0, 23, ...whole(127, 4)], // exponent from bit 23 on, mantissa, bias
];
const MOST_NAME = 255;

/**
 * Writes an HDF5 file of groups and arrays of float32, in the layout of HDF5 1.8 and later: arrays whole and unpacked, no attributes. The
 * same content always gives the same bytes.
 *
 * @throws `E_SHAPE` where a shape and its numbers disagree, or there are none; `E_RANGE` for a name that is empty, longer than 255 bytes, or has a slash.
 * @example
 * const file = encodeHdf5({ dense: { vars: { 0: { shape: [2], data: Float32Array.of(1, 2) } } } });
 * @see https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html
 */
export function encodeHdf5(root: Hdf5Group): Uint8Array<ArrayBuffer> {
  checkValue('encodeHdf5', 'root', root, objectRule);
  const parts: { at: number; bytes: Uint8Array }[] = [];
  let end = SUPERBLOCK_BYTES;
  const place = (bytes: Uint8Array): number => {
    const at = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    parts.push({ at, bytes });
    end = at + bytes.length;
    return at;
  };
  const placeArray = (path: string, { shape, data }: NdArray<Float32Array>): number => {
    if (data.length !== sizeOfShape(shape)) {
      throw new LatentkitError(
        'E_SHAPE',
        `encodeHdf5: '${shorten(path)}' is [${shape.join(', ')}], ${sizeOfShape(shape)} numbers, got ${data.length}`,
      );
    }
    if (data.length === 0) {
      throw new LatentkitError(
        'E_SHAPE',
        `encodeHdf5: '${shorten(path)}' is [${shape.join(', ')}]: it holds no numbers`,
      );
    }
    const bytes = new Uint8Array(data.slice().buffer);
    if (!HOST_IS_LITTLE_ENDIAN) swapBytes(bytes, data.BYTES_PER_ELEMENT);
    const at = place(bytes);
    const messages = [
      ...message(DATASPACE, [
        2,
        shape.length,
        0,
        shape.length > 0 ? 1 : 0,
        ...shape.flatMap((size) => whole(size, 8)),
      ]),
      ...message(DATATYPE, FLOAT32),
      ...message(FILL, [3, 0x0a]), // none, and nothing to fill
      ...message(LAYOUT, [3, 1, ...whole(at, 8), ...whole(bytes.length, 8)]), // in one piece
    ];
    return place(header(messages));
  };
  const placeGroup = (path: string, group: Hdf5Group): number => {
    const messages = [...message(LINK_INFO, [0, 0, ...NOWHERE, ...NOWHERE]), ...message(GROUP_INFO, [0, 0])];
    for (const [name, content] of Object.entries(group)) {
      const inside = `${path}/${name}`;
      const at = isArray(content) ? placeArray(inside, content) : placeGroup(inside, content);
      messages.push(...message(LINK, [1, 0, ...nameOf(name, inside), ...whole(at, 8)]));
    }
    return place(header(messages));
  };
  const at = placeGroup('', root);
  const file = new Uint8Array(end);
  for (const part of parts) file.set(part.bytes, part.at);
  const superblock = [
    ...SIGNATURE,
    2,
    8,
    8,
    0,
    ...whole(0, 8),
    ...NOWHERE,
    ...whole(end, 8),
    ...whole(at, 8),
  ];
  file.set(withChecksum(superblock));
  return file;
}

const isArray = (content: Hdf5Group | NdArray<Float32Array>): content is NdArray<Float32Array> =>
  (content as NdArray<Float32Array>).data instanceof Float32Array;

function nameOf(name: string, path: string): number[] {
  const bytes = [...new TextEncoder().encode(name)];
  if (bytes.length > 0 && bytes.length <= MOST_NAME && !name.includes('/')) return [bytes.length, ...bytes];
  throw new LatentkitError(
    'E_RANGE',
    `encodeHdf5: expected names of 1 to ${MOST_NAME} bytes without a slash, got '${shorten(path)}'`,
  );
}

/** A whole number of so many bytes, the lowest first. */
function whole(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => Math.floor(value / 2 ** (8 * i)) % 256);
}

function message(type: number, content: readonly number[]): number[] {
  return [type, ...whole(content.length, 2), 0, ...content];
}

/** A header of version 2, its messages in one piece. */
function header(messages: readonly number[]): Uint8Array {
  const sizeIsFourBytes = 2;
  return withChecksum([
    ...new TextEncoder().encode('OHDR'),
    2,
    sizeIsFourBytes,
    ...whole(messages.length, 4),
    ...messages,
  ]);
}

function withChecksum(content: readonly number[]): Uint8Array {
  const bytes = Uint8Array.from(content);
  return Uint8Array.from([...content, ...whole(lookup3(bytes), 4)]);
}
