import { LatentkitError, type NdArray } from '@latentkit/core';
import { checkArray } from '../arrays/check-array.ts';
import type { EncodableArray } from '../arrays/number-array.ts';
import { writeNumbers } from '../arrays/stored-numbers.ts';
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
  const letters = [...NPY_TYPES].find(([, name]) => name === type)![0];
  const descr = (data.BYTES_PER_ELEMENT === 1 ? '|' : '<') + letters;
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const room = shape.length === 0 ? 0 : GROWTH_DIGITS - String(shape[0]).length;
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }${' '.repeat(room)}`;
  const offset = Math.ceil((10 + dict.length + 1) / ALIGNMENT) * ALIGNMENT;
  const out = new Uint8Array(offset + data.byteLength);
  out.set([...NPY_MAGIC, 1, 0]);
  new DataView(out.buffer).setUint16(8, offset - 10, true);
  out.set(new TextEncoder().encode(`${dict.padEnd(offset - 11)}\n`), 10);
  writeNumbers(data, out, { offset, littleEndian: true });
  return out;
}
