import { LatentkitError, type NdArray } from '@latentkit/core';
import { checkOptions, type OptionRules, whole } from '@latentkit/core/options';
import { asBytes } from '../arrays/as-bytes.ts';
import { countElements } from '../arrays/count-elements.ts';
import type { NumberArray } from '../arrays/number-array.ts';
import { readNumbers, storedBytes } from '../arrays/stored-numbers.ts';
import { MAX_ELEMENTS } from '../limits.ts';
import { IDX_TYPES } from './idx-type.ts';

export interface ParseIdxOptions {
  /** Most numbers to make room for. */
  maxElements?: number;
}

const RULES: OptionRules<ParseIdxOptions> = { maxElements: whole(0) };

/**
 * Reads an IDX file, the format of MNIST: `0 0 type rank`, a big-endian uint32 for each dimension, then the numbers.
 *
 * @returns the numbers as the typed array of the file's type (uint8, int8, int16, int32, float32, float64), and their shape.
 * @throws `E_FORMAT` when the bytes are not IDX, or are too few or too many; `E_LIMIT` beyond `maxElements`.
 * @example
 * const { shape, data } = parseIdx(new Uint8Array([0, 0, 0x08, 1, 0, 0, 0, 3, 7, 8, 9])); // [3], Uint8Array [7, 8, 9]
 * @see LeCun, Cortes, Burges: "The MNIST database of handwritten digits", the page's last section
 */
export function parseIdx(
  file: Uint8Array | ArrayBufferLike,
  options: ParseIdxOptions = {},
): NdArray<NumberArray<ArrayBuffer>> {
  checkOptions('parseIdx', options, RULES);
  const { maxElements = MAX_ELEMENTS } = options;
  const bytes = asBytes('parseIdx', file);
  const [zero0, zero1, code, rank] = bytes;
  if (zero0 !== 0 || zero1 !== 0 || code === undefined || rank === undefined) {
    throw new LatentkitError(
      'E_FORMAT',
      `parseIdx: expected the bytes 0, 0, type, rank at the start, got ${describeStart(bytes)}`,
      { fix: 'A file that starts with 31, 139 is gzip: unpack it with gunzip first.' },
    );
  }
  const type = IDX_TYPES.get(code);
  if (type === undefined) {
    throw new LatentkitError(
      'E_FORMAT',
      `parseIdx: expected a type byte of 8, 9, 11, 12, 13 or 14 at offset 2, got ${code}`,
    );
  }
  const offset = 4 + 4 * rank;
  if (rank === 0 || bytes.length < offset) {
    throw new LatentkitError(
      'E_FORMAT',
      `parseIdx: expected 1 or more dimensions and a header of ${offset} bytes, got ${rank} dimensions and a file of ${bytes.length} bytes`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = countElements('parseIdx', shape, maxElements);
  const expected = offset + count * storedBytes(type);
  if (bytes.length !== expected) {
    throw new LatentkitError(
      'E_FORMAT',
      `parseIdx: ${type} of shape [${shape.join(', ')}] needs ${expected} bytes, got ${bytes.length}`,
    );
  }
  return { shape, data: readNumbers('parseIdx', bytes, { type, littleEndian: false, offset, count }) };
}

function describeStart(bytes: Uint8Array): string {
  return bytes.length === 0 ? 'no bytes at all' : bytes.subarray(0, 4).join(', ');
}
