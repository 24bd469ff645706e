import { LatentkitError, type NdArray } from '@latentkit/core';
import { checkArray } from '../arrays/check-array.ts';
import type { EncodableArray } from '../arrays/number-array.ts';
import { writeNumbers } from '../arrays/stored-numbers.ts';
import { IDX_TYPES } from './idx-type.ts';

/**
 * Writes an array as IDX; what {@link parseIdx} reads.
 *
 * @throws `E_SHAPE` when shape and data disagree; `E_FORMAT` for what IDX cannot hold: uint16, uint32, float16, 64-bit
 * whole numbers, scalars, more than 255 dimensions; `E_USAGE` for what is no typed array.
 * @example
 * encodeIdx({ shape: [3], data: new Uint8Array([7, 8, 9]) }); // 0 0 8 1  0 0 0 3  7 8 9
 */
export function encodeIdx(array: NdArray<EncodableArray>): Uint8Array<ArrayBuffer> {
  const type = checkArray('encodeIdx', array);
  const { shape, data } = array;
  const code = [...IDX_TYPES].find(([, name]) => name === type)?.[0];
  if (code === undefined) {
    throw new LatentkitError(
      'E_FORMAT',
      `encodeIdx: IDX holds ${[...IDX_TYPES.values()].join(', ')}, got ${type}`,
    );
  }
  if (shape.length === 0 || shape.length > 255 || shape.some((size) => size > 0xffffffff)) {
    throw new LatentkitError(
      'E_FORMAT',
      `encodeIdx: IDX holds 1 to 255 dimensions of up to 2^32 - 1, got [${shape.join(', ')}]`,
    );
  }
  const offset = 4 + 4 * shape.length;
  const out = new Uint8Array(offset + data.byteLength);
  out[2] = code;
  out[3] = shape.length;
  const view = new DataView(out.buffer);
  for (const [axis, size] of shape.entries()) view.setUint32(4 + 4 * axis, size);
  writeNumbers(data, out, { offset, littleEndian: false });
  return out;
}
