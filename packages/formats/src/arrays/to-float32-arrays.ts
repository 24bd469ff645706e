import { LatentkitError, type NamedArrays, type NdArray, shorten } from '@latentkit/core';
import { entriesOf } from './check-array.ts';
import type { NumberArray } from './number-array.ts';

/**
 * Narrows parsed arrays to float32 ones, as weights must be; nothing is copied.
 *
 * @throws `E_FORMAT` naming the first array that holds something else; `E_USAGE` for what are no named arrays.
 * @example
 * const weights = toFloat32Arrays(parseSafetensors(encodeSafetensors({ b: { shape: [1], data: new Float32Array(1) } })).tensors);
 */
export function toFloat32Arrays<B extends ArrayBufferLike>(
  arrays: NamedArrays<NumberArray<B>>,
): NamedArrays<Float32Array<B>> {
  const out: Record<string, NdArray<Float32Array<B>>> = Object.create(null);
  for (const [name, array] of entriesOf('toFloat32Arrays', arrays)) {
    const { shape, data } = Object(array) as NdArray<NumberArray<B>>;
    if (!(data instanceof Float32Array)) {
      throw new LatentkitError(
        'E_FORMAT',
        `toFloat32Arrays: expected '${shorten(name)}' to hold float32, got ${Object.prototype.toString.call(data).slice(8, -1)}`,
      );
    }
    out[name] = { shape, data };
  }
  return out;
}
