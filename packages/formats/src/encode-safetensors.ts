import { LatentkitError, type NamedArrays } from '@latentkit/core';
import { checkArray } from './check-array.ts';
import { elementTypeOf, type NumberArray } from './number-array.ts';
import { SAFETENSORS_TYPES } from './safetensors-type.ts';
import { writeNumbers } from './stored-numbers.ts';

/**
 * Writes named arrays as a safetensors file: the same content always gives the same bytes.
 *
 * Order: larger numbers first, which keeps every tensor aligned, then by name; metadata by key. The header is filled
 * up with spaces to a multiple of 8 bytes.
 *
 * @throws `E_SHAPE` when a shape and its data disagree; `E_FORMAT` for the name `__metadata__`, which the format keeps
 * for itself.
 * @example
 * const file = encodeSafetensors({ bias: { shape: [2], data: new Float32Array([1, 2]) } }, { epoch: '3' });
 * @see https://github.com/huggingface/safetensors#format
 */
export function encodeSafetensors(
  arrays: NamedArrays<NumberArray>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const sorted = Object.entries(arrays).sort(
    ([a, { data: x }], [b, { data: y }]) =>
      y.BYTES_PER_ELEMENT - x.BYTES_PER_ELEMENT || typeRank(y) - typeRank(x) || (a < b ? -1 : 1),
  );
  const fields: string[] = [];
  const pairs = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  if (pairs.length > 0) {
    fields.push(`"__metadata__":{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`)}}`);
  }
  let size = 0;
  for (const [name, array] of sorted) {
    checkArray(`encodeSafetensors: tensor '${name}'`, array);
    if (name === '__metadata__') {
      throw new LatentkitError('E_FORMAT', 'encodeSafetensors: no tensor may be named __metadata__', {
        fix: 'Rename it.',
      });
    }
    const end = size + array.data.byteLength;
    const dtype = [...SAFETENSORS_TYPES.keys()][typeRank(array.data)];
    const info = { dtype, shape: array.shape, data_offsets: [size, end] };
    fields.push(`${JSON.stringify(name)}:${JSON.stringify(info)}`);
    size = end;
  }
  const json = new TextEncoder().encode(`{${fields.join(',')}}`);
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const out = new Uint8Array(8 + headerBytes + size);
  new DataView(out.buffer).setBigUint64(0, BigInt(headerBytes), true);
  out.fill(0x20, 8, 8 + headerBytes);
  out.set(json, 8);
  let offset = 8 + headerBytes;
  for (const [, { data }] of sorted) offset = writeNumbers(data, out, { offset, littleEndian: true });
  return out;
}

function typeRank(data: NumberArray): number {
  return [...SAFETENSORS_TYPES.values()].indexOf(elementTypeOf(data));
}
