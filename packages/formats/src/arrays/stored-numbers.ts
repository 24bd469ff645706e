import { LatentkitError } from '@latentkit/core';
import { narrowInt64 } from './narrow-int64.ts';
import type { ElementType, EncodableArray, NumberArray } from './number-array.ts';
import { HOST_IS_LITTLE_ENDIAN, swapBytes } from './swap-bytes.ts';
import { widenBfloat16, widenHalf } from './widen-half.ts';

/** Kinds of numbers as files hold them; those without a typed array everywhere are read into a wider one. */
export type StoredType = ElementType | 'bool' | 'bfloat16';

type Reader = (buffer: ArrayBuffer, where: string) => NumberArray<ArrayBuffer>;

const KINDS: Record<StoredType, readonly [bytes: number, read: Reader]> = {
  bool: [1, (buffer) => new Uint8Array(buffer)],
  uint8: [1, (buffer) => new Uint8Array(buffer)],
  int8: [1, (buffer) => new Int8Array(buffer)],
  uint16: [2, (buffer) => new Uint16Array(buffer)],
  int16: [2, (buffer) => new Int16Array(buffer)],
  float16: [2, (buffer) => widenHalf(new Uint16Array(buffer))],
  bfloat16: [2, (buffer) => widenBfloat16(new Uint16Array(buffer))],
  uint32: [4, (buffer) => new Uint32Array(buffer)],
  int32: [4, (buffer) => new Int32Array(buffer)],
  float32: [4, (buffer) => new Float32Array(buffer)],
  float64: [8, (buffer) => new Float64Array(buffer)],
  uint64: [8, (buffer, where) => narrowInt64(where, new BigUint64Array(buffer))],
  int64: [8, (buffer, where) => narrowInt64(where, new BigInt64Array(buffer))],
};

/** Bytes of one number in a file. */
export function storedBytes(type: StoredType): number {
  return KINDS[type][0];
}

export interface StoredNumbers {
  type: StoredType;
  littleEndian: boolean;
  offset: number;
  count: number;
}

/** Reads numbers into memory of their own, so that the file's bytes need be neither aligned nor kept. */
export function readNumbers(
  where: string,
  bytes: Uint8Array,
  { type, littleEndian, offset, count }: StoredNumbers,
): NumberArray<ArrayBuffer> {
  const [elementBytes, read] = KINDS[type];
  const end = offset + count * elementBytes;
  if (end > bytes.length) {
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: expected ${count} ${type} numbers, bytes ${offset} to ${end}, got a file of ${bytes.length} bytes`,
      { fix: 'The file is cut off: get it anew.' },
    );
  }
  const copy = new Uint8Array(bytes.subarray(offset, end));
  if (elementBytes > 1 && littleEndian !== HOST_IS_LITTLE_ENDIAN) swapBytes(copy, elementBytes);
  return read(copy.buffer, where);
}

/** Writes an array's numbers at `offset`; returns the offset after them. */
export function writeNumbers(
  data: EncodableArray,
  out: Uint8Array,
  { offset, littleEndian }: { offset: number; littleEndian: boolean },
): number {
  const end = offset + data.byteLength;
  out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
  const elementBytes = data.BYTES_PER_ELEMENT;
  if (elementBytes > 1 && littleEndian !== HOST_IS_LITTLE_ENDIAN) {
    swapBytes(out.subarray(offset, end), elementBytes);
  }
  return end;
}
