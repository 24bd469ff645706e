import { LatentkitError, type NamedArrays, type NdArray } from '@latentkit/core';
import type { NumberArray } from './number-array.ts';

/**
 * Narrows parsed arrays to float32 ones, as weights must be; nothing is copied.
 *
 * @throws `E_FORMAT` naming the first array that holds something else.
 * @example
 * const weights = toFloat32Arrays(parseSafetensors(encodeSafetensors({ b: { shape: [1], data: new Float32Array(1) } })).tensors);
 */
export function toFloat32Arrays<B extends ArrayBufferLike>(
  arrays: NamedArrays<NumberArray<B>>,
): NamedArrays<Float32Array<B>> {
  const out: Record<string, NdArray<Float32Array<B>>> = Object.create(null);
  for (const [name, { shape, data }] of Object.entries(arrays)) {
    if (!(data instanceof Float32Array)) {
      throw new LatentkitError(
        'E_FORMAT',
        `toFloat32Arrays: expected '${name}' to hold float32, got ${data.constructor.name}`,
      );
    }
    out[name] = { shape, data };
  }
  return out;
}
