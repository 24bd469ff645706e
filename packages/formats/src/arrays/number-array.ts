import { LatentkitError } from '@latentkit/core';

/** The typed arrays that parsers give. */
export type NumberArray<B extends ArrayBufferLike = ArrayBufferLike> =
  | Uint8Array<B>
  | Int8Array<B>
  | Uint16Array<B>
  | Int16Array<B>
  | Uint32Array<B>
  | Int32Array<B>
  | Float32Array<B>
  | Float64Array<B>;

/** The typed arrays that can be written: `Float16Array` too, where the platform has it. */
export type EncodableArray = NumberArray | Uint8ClampedArray | BigInt64Array | BigUint64Array;

/** The name of a typed array's elements. */
export type ElementType =
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'float32'
  | 'float64'
  | 'float16'
  | 'int64'
  | 'uint64';

const ELEMENT_TYPES: ReadonlyMap<unknown, ElementType> = new Map([
  ['Uint8Array', 'uint8'],
  ['Uint8ClampedArray', 'uint8'],
  ['Int8Array', 'int8'],
  ['Uint16Array', 'uint16'],
  ['Int16Array', 'int16'],
  ['Uint32Array', 'uint32'],
  ['Int32Array', 'int32'],
  ['Float16Array', 'float16'],
  ['Float32Array', 'float32'],
  ['Float64Array', 'float64'],
  ['BigInt64Array', 'int64'],
  ['BigUint64Array', 'uint64'],
]);

/** What kind of numbers an array holds; `E_USAGE` for what is no typed array. */
export function elementTypeOf(where: string, data: EncodableArray): ElementType {
  const tag = Object.prototype.toString.call(data).slice(8, -1);
  const type = ArrayBuffer.isView(data) ? ELEMENT_TYPES.get(tag) : undefined;
  if (type !== undefined) return type;
  throw new LatentkitError('E_USAGE', `${where}: expected numbers in a typed array, got ${tag}`, {
    fix: 'Pass new Float32Array(numbers), or the type the file shall have.',
  });
}
