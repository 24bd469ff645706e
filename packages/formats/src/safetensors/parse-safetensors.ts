import { LatentkitError, type NdArray, shorten } from '@latentkit/core';
import { checkOptions, type OptionRules, whole } from '@latentkit/core/options';
import { asBytes } from '../arrays/as-bytes.ts';
import type { NumberArray } from '../arrays/number-array.ts';
import { readNumbers } from '../arrays/stored-numbers.ts';
import { MAX_ELEMENTS, MAX_SAFETENSORS_HEADER_BYTES, MAX_SAFETENSORS_TENSORS } from '../limits.ts';
import { readSafetensorsHeader } from './read-safetensors-header.ts';
import { readTensorInfo, type TensorInfo } from './read-tensor-info.ts';
import type { SafetensorsType } from './safetensors-type.ts';

export interface ParseSafetensorsOptions {
  /** Most numbers of one tensor. */
  maxElements?: number;
  /** Longest header to read. */
  maxHeaderBytes?: number;
  /** Most tensors of one file. */
  maxTensors?: number;
}

const RULES: OptionRules<ParseSafetensorsOptions> = {
  maxElements: whole(0),
  maxHeaderBytes: whole(0),
  maxTensors: whole(0),
};

/** An array of a safetensors file, and the type it had there. */
export interface SafetensorsArray extends NdArray<NumberArray<ArrayBuffer>> {
  readonly dtype: SafetensorsType;
}

export interface Safetensors {
  /** In the order of the file's numbers; without a prototype, so that any name is safe. */
  readonly tensors: Record<string, SafetensorsArray>;
  readonly metadata: Record<string, string>;
}

/**
 * Reads a safetensors file with the reference implementation's checks: every byte belongs to exactly one tensor.
 *
 * F16 and BF16 come as float32, BOOL as uint8, I64 and U64 as float64.
 *
 * @throws `E_FORMAT` for a header that is not JSON, has a name twice, or whose types, shapes and offsets do not fit the
 * bytes without holes and overlaps; `E_LIMIT` beyond `maxElements` or `maxHeaderBytes`; `E_RANGE` for a 64-bit number
 * that float64 would round.
 * @example
 * const file = encodeSafetensors({ bias: { shape: [2], data: new Float32Array([1, 2]) } });
 * parseSafetensors(file).tensors.bias; // { dtype: 'F32', shape: [2], data: Float32Array [1, 2] }
 * @see https://github.com/huggingface/safetensors#format
 */
export function parseSafetensors(
  file: Uint8Array | ArrayBufferLike,
  options: ParseSafetensorsOptions = {},
): Safetensors {
  checkOptions('parseSafetensors', options, RULES);
  const {
    maxElements = MAX_ELEMENTS,
    maxHeaderBytes = MAX_SAFETENSORS_HEADER_BYTES,
    maxTensors = MAX_SAFETENSORS_TENSORS,
  } = options;
  const bytes = asBytes('parseSafetensors', file);
  const { entries, offset } = readSafetensorsHeader(bytes, { maxHeaderBytes, maxTensors });
  const metadata = readMetadata(entries);
  const infos = Object.entries(entries)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => readTensorInfo(name, entry, maxElements))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkCover(infos, bytes.length - offset);
  const tensors: Record<string, SafetensorsArray> = Object.create(null);
  for (const { name, dtype, type, shape, count, begin } of infos) {
    const stored = { type, littleEndian: true, offset: offset + begin, count };
    tensors[name] = {
      dtype,
      shape,
      data: readNumbers(`parseSafetensors: tensor '${shorten(name)}'`, bytes, stored),
    };
  }
  return { tensors, metadata };
}

function readMetadata(entries: Record<string, unknown>): Record<string, string> {
  const metadata: Record<string, string> = Object.create(null);
  const given = Object.hasOwn(entries, '__metadata__') ? entries.__metadata__ : null;
  if (given === null) return metadata; // the reference reader takes null for none
  const pairs = typeof given === 'object' && !Array.isArray(given) ? Object.entries(given) : undefined;
  for (const [key, value] of pairs ?? [['__metadata__', given]]) {
    if (pairs === undefined || typeof value !== 'string') {
      throw new LatentkitError(
        'E_FORMAT',
        `parseSafetensors: expected __metadata__ to map names to strings, got ${shorten(String(JSON.stringify(value)))} for '${shorten(key)}'`,
      );
    }
    metadata[key] = value;
  }
  return metadata;
}

/** Files that could hide bytes, or show the same ones twice, are not accepted. */
function checkCover(infos: readonly TensorInfo[], dataBytes: number): void {
  let covered = 0;
  for (const { name, begin, end } of infos) {
    if (begin !== covered) {
      throw new LatentkitError(
        'E_FORMAT',
        `parseSafetensors: tensor '${shorten(name)}' must begin at offset ${covered}, where the one before ends, got ${begin}`,
      );
    }
    covered = end;
  }
  if (covered !== dataBytes) {
    throw new LatentkitError(
      'E_FORMAT',
      `parseSafetensors: the tensors take ${covered} bytes, got ${dataBytes} bytes after the header`,
      { fix: covered > dataBytes ? 'The file is cut off: get it anew.' : 'The file has bytes of no tensor.' },
    );
  }
}
