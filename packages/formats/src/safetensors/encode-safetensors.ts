import { LatentkitError, type NamedArrays, type NdArray, shorten } from '@latentkit/core';
import { checkArray, entriesOf } from '../arrays/check-array.ts';
import type { EncodableArray } from '../arrays/number-array.ts';
import { writeNumbers } from '../arrays/stored-numbers.ts';
import { SAFETENSORS_TYPES } from './safetensors-type.ts';

/**
 * Writes named arrays as a safetensors file: the same content always gives the same bytes.
 *
 * Order: larger numbers first, which keeps every tensor aligned, then by name; metadata by key. The header is filled
 * up with spaces to a multiple of 8 bytes.
 *
 * @throws `E_SHAPE` when a shape and its data disagree; `E_FORMAT` for the name `__metadata__`, which the format keeps
 * for itself; `E_USAGE` for what is no typed array, and for metadata that are not strings.
 * @example
 * const file = encodeSafetensors({ bias: { shape: [2], data: new Float32Array([1, 2]) } }, { epoch: '3' });
 * @see https://github.com/huggingface/safetensors#format
 */
export function encodeSafetensors(
  arrays: NamedArrays<EncodableArray>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const sorted = entriesOf('encodeSafetensors', arrays)
    .map(([name, array]) => checkTensor(name, array))
    .sort(
      ({ name: a, data: x, rank: r }, { name: b, data: y, rank: s }) =>
        y.BYTES_PER_ELEMENT - x.BYTES_PER_ELEMENT || s - r || (a < b ? -1 : 1),
    );
  const fields: string[] = [];
  const pairs = entriesOf('encodeSafetensors: metadata', metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, value] of pairs) {
    if (typeof value !== 'string') {
      throw new LatentkitError(
        'E_USAGE',
        `encodeSafetensors: expected metadata to map names to strings, got ${typeof value} for '${shorten(key)}'`,
        { fix: 'Pass String(value), or JSON.stringify(value).' },
      );
    }
  }
  if (pairs.length > 0) {
    fields.push(`"__metadata__":{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`)}}`);
  }
  let size = 0;
  for (const { name, shape, data, rank } of sorted) {
    const end = size + data.byteLength;
    const dtype = [...SAFETENSORS_TYPES.keys()][rank];
    fields.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [size, end] })}`);
    size = end;
  }
  const json = new TextEncoder().encode(`{${fields.join(',')}}`);
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const out = new Uint8Array(8 + headerBytes + size);
  new DataView(out.buffer).setBigUint64(0, BigInt(headerBytes), true);
  out.fill(0x20, 8, 8 + headerBytes);
  out.set(json, 8);
  let offset = 8 + headerBytes;
  for (const { data } of sorted) offset = writeNumbers(data, out, { offset, littleEndian: true });
  return out;
}

interface NamedTensor extends NdArray<EncodableArray> {
  name: string;
  /** The type's place among those of the format. */
  rank: number;
}

function checkTensor(name: string, array: NdArray<EncodableArray>): NamedTensor {
  const type = checkArray(`encodeSafetensors: tensor '${shorten(name)}'`, array);
  if (name === '__metadata__') {
    throw new LatentkitError('E_FORMAT', 'encodeSafetensors: no tensor may be named __metadata__', {
      fix: 'Rename it.',
    });
  }
  return { name, shape: array.shape, data: array.data, rank: [...SAFETENSORS_TYPES.values()].indexOf(type) };
}
