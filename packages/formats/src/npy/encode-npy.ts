import { LatentkitError, type NdArray } from '@latentkit/core';
import { checkValue, type OptionRule, oneOf } from '@latentkit/core/options';
import { checkArray } from '../arrays/check-array.ts';
import type { ElementType, EncodableArray } from '../arrays/number-array.ts';
import { type StoredType, storedBytes, writeNumbers } from '../arrays/stored-numbers.ts';
import { MAX_DIMENSIONS } from '../limits.ts';
import { NPY_MAGIC, NPY_TYPES } from './npy-type.ts';

const ALIGNMENT = 64; // so that the numbers can be mapped from a file
const GROWTH_DIGITS = 21; // room that NumPy leaves for the first size to grow in place

/**
 * Writes an array as a NumPy `.npy` file: version 1.0, little-endian, row-major, byte for byte as `numpy.save` does.
 *
 * @throws `E_SHAPE` when shape and data disagree; `E_LIMIT` beyond 32 dimensions; `E_USAGE` for what is no typed
 * array.
 * @example
 * const bytes = encodeNpy({ shape: [2, 2], data: new Float32Array([1, 2, 3, 4]) });
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function encodeNpy(array: NdArray<EncodableArray>): Uint8Array<ArrayBuffer> {
  const type = checkArray('encodeNpy', array);
  const { shape, data } = array;
  if (shape.length > MAX_DIMENSIONS) {
    throw new LatentkitError(
      'E_LIMIT',
      `encodeNpy: expected at most ${MAX_DIMENSIONS} dimensions, got ${shape.length}`,
    );
  }
  const header = npyHeader(shape, type);
  const out = new Uint8Array(header.length + data.byteLength);
  out.set(header);
  writeNumbers(data, out, { offset: header.length, littleEndian: true });
  return out;
}

/**
 * What stands before the numbers of a row-major `.npy` file, for one that is written piece by piece.
 *
 * @param type of the numbers, which follow in little-endian order.
 * @throws `E_SHAPE` for what is no list of whole numbers; `E_UNKNOWN_NAME` for no type of numbers.
 * @example
 * const header = encodeNpyHeader([1000, 28, 28, 1], 'uint8'); // 128 bytes; 784,000 follow
 */
export function encodeNpyHeader(shape: readonly number[], type: ElementType): Uint8Array<ArrayBuffer> {
  checkValue('encodeNpyHeader', 'shape', shape, shapeRule);
  checkValue('encodeNpyHeader', 'type', type, oneOf(...NPY_TYPES.values()));
  return npyHeader(shape, type);
}

const shapeRule: OptionRule = {
  be: `be a list of at most ${MAX_DIMENSIONS} whole numbers from 0`,
  code: 'E_SHAPE',
  fits: (value) =>
    Array.isArray(value) &&
    value.length <= MAX_DIMENSIONS &&
    value.every((size) => Number.isSafeInteger(size) && size >= 0),
};

function npyHeader(shape: readonly number[], type: StoredType): Uint8Array<ArrayBuffer> {
  const letters = [...NPY_TYPES].find(([, name]) => name === type)![0];
  const descr = (storedBytes(type) === 1 ? '|' : '<') + letters;
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const room = shape.length === 0 ? 0 : GROWTH_DIGITS - String(shape[0]).length;
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }${' '.repeat(room)}`;
  const offset = Math.ceil((10 + dict.length + 1) / ALIGNMENT) * ALIGNMENT;
  const out = new Uint8Array(offset);
  out.set([...NPY_MAGIC, 1, 0]);
  new DataView(out.buffer).setUint16(8, offset - 10, true);
  out.set(new TextEncoder().encode(`${dict.padEnd(offset - 11)}\n`), 10);
  return out;
}
