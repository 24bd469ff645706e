import { LatentkitError, type NdArray, shorten } from '@latentkit/core';
import { checkOptions, checkValue, type OptionRules, whole } from '@latentkit/core/options';
import { asBytes } from '../arrays/as-bytes.ts';
import { countElements } from '../arrays/count-elements.ts';
import { endOfHeader } from '../arrays/end-of-header.ts';
import type { NumberArray } from '../arrays/number-array.ts';
import { readNumbers, type StoredType, storedBytes } from '../arrays/stored-numbers.ts';
import { MAX_ELEMENTS, MAX_NPY_HEADER_BYTES } from '../limits.ts';
import { fromFortranOrder } from './from-fortran-order.ts';
import { NPY_MAGIC, NPY_TYPES } from './npy-type.ts';
import { type NpyHeader, parseNpyHeader } from './parse-npy-header.ts';

export interface ParseNpyOptions {
  /** Most numbers to make room for. */
  maxElements?: number;
  /** Longest header to read. */
  maxHeaderBytes?: number;
}

const RULES: OptionRules<ParseNpyOptions> = { maxElements: whole(0), maxHeaderBytes: whole(0) };

/**
 * Reads a NumPy `.npy` file of version 1, 2 or 3, of either byte order, as a row-major array.
 *
 * Fortran order is transposed. float16 comes as float32, bool as uint8, 64-bit whole numbers as float64.
 *
 * @throws `E_FORMAT` when the bytes are not NPY or hold text, records, objects, complex or time; `E_LIMIT` beyond
 * `maxElements` or `maxHeaderBytes`; `E_RANGE` for a 64-bit number that float64 would round.
 * @example
 * const { shape, data } = parseNpy(encodeNpy({ shape: [2], data: new Float32Array([1, 2]) }));
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function parseNpy(
  file: Uint8Array | ArrayBufferLike,
  options: ParseNpyOptions = {},
): NdArray<NumberArray<ArrayBuffer>> {
  checkOptions('parseNpy', options, RULES);
  const { maxElements = MAX_ELEMENTS, maxHeaderBytes = MAX_NPY_HEADER_BYTES } = options;
  const bytes = asBytes('parseNpy', file);
  const { descr, shape, fortranOrder, offset } = parseNpyStart(bytes, maxHeaderBytes);
  const { type, littleEndian } = readDescr(descr);
  const count = countElements('parseNpy', shape, maxElements);
  const expected = offset + count * storedBytes(type);
  if (bytes.length !== expected) {
    throw new LatentkitError(
      'E_FORMAT',
      `parseNpy: ${descr} of shape [${shape.join(', ')}] needs ${expected} bytes, got ${bytes.length}`,
    );
  }
  const data = readNumbers('parseNpy', bytes, { type, littleEndian, offset, count });
  return { shape, data: fortranOrder && shape.length > 1 ? fromFortranOrder(data, shape) : data };
}

/** What a `.npy` file says of its array, and where the numbers begin. */
export interface NpyStart extends NpyHeader {
  /** Bytes before the first number. */
  readonly offset: number;
}

/**
 * Reads the header of a `.npy` file of version 1, 2 or 3 from its first bytes, which need not have the numbers.
 *
 * @param maxHeaderBytes longest header to read.
 * @throws `E_FORMAT` when the bytes do not begin as NPY; `E_LIMIT` for a longer header.
 * @example
 * const { descr, shape, offset } = parseNpyStart(firstBytes); // '|u1', [60000, 28, 28], 128
 */
export function parseNpyStart(
  file: Uint8Array | ArrayBufferLike,
  maxHeaderBytes: number = MAX_NPY_HEADER_BYTES,
): NpyStart {
  checkValue('parseNpy', 'maxHeaderBytes', maxHeaderBytes, whole(0));
  const { text, offset } = readHeaderText(asBytes('parseNpy', file), maxHeaderBytes);
  return { ...parseNpyHeader(text), offset };
}

function readHeaderText(bytes: Uint8Array, maxHeaderBytes: number): { text: string; offset: number } {
  const [major = 0, minor = 0] = bytes.subarray(6);
  if (NPY_MAGIC.some((byte, i) => bytes[i] !== byte) || bytes.length < 10) {
    throw new LatentkitError(
      'E_FORMAT',
      `parseNpy: expected \\x93NUMPY and a version at the start, got [${bytes.subarray(0, 8).join(', ')}]`,
    );
  }
  if (major < 1 || major > 3 || minor !== 0) {
    throw new LatentkitError('E_FORMAT', `parseNpy: expected version 1.0, 2.0 or 3.0, got ${major}.${minor}`);
  }
  const start = major === 1 ? 10 : 12;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < start) {
    throw new LatentkitError('E_FORMAT', `parseNpy: expected ${start} bytes or more, got ${bytes.length}`);
  }
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const offset = endOfHeader('parseNpy', bytes, {
    ...{ start, length, saidAt: 8, maxHeaderBytes },
    fix: 'A program that trusts the file may raise maxHeaderBytes',
  });
  const encoding = major === 3 ? 'utf-8' : 'latin1';
  return { text: new TextDecoder(encoding).decode(bytes.subarray(start, offset)), offset };
}

function readDescr(descr: string): { type: StoredType; littleEndian: boolean } {
  const order = descr.slice(0, 1);
  const type = NPY_TYPES.get(descr.slice(1));
  if (type === undefined || !'<>|='.includes(order) || (order === '|' && storedBytes(type) > 1)) {
    throw new LatentkitError(
      'E_FORMAT',
      `parseNpy: expected a descr of '<', '>' or '|' and one of ${[...NPY_TYPES.keys()].join(', ')}, got '${shorten(descr)}'`,
      { fix: "Save it with array.astype('float32')." },
    );
  }
  return { type, littleEndian: order !== '>' };
}
