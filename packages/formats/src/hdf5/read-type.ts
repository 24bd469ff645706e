import { countElements } from '../arrays/count-elements.ts';
import type { StoredType } from '../arrays/stored-numbers.ts';
import { MAX_DIMENSIONS, MAX_ELEMENTS } from '../limits.ts';
import { beyond, damaged, type Hdf5Bytes } from './hdf5-bytes.ts';

/** What an array's elements are. */
export type Hdf5Type =
  | { readonly kind: 'number'; readonly type: StoredType; readonly littleEndian: boolean }
  | { readonly kind: 'text'; readonly bytes: number }
  | { readonly kind: 'longText' }
  | { readonly kind: 'other'; readonly words: string };

const [FIXED, FLOAT, TEXT, OF_ANY_LENGTH] = [0, 1, 3, 9];
/** Sizes of exponent and mantissa in bits, by bytes: anything else is no IEEE number. */
const FLOATS: Readonly<Record<string, StoredType>> = {
  '2: 5 + 10': 'float16',
  '2: 8 + 7': 'bfloat16',
  '4: 8 + 23': 'float32',
  '8: 11 + 52': 'float64',
};
const WHOLE: Readonly<Record<number, readonly [StoredType, StoredType]>> = {
  1: ['uint8', 'int8'],
  2: ['uint16', 'int16'],
  4: ['uint32', 'int32'],
  8: ['uint64', 'int64'],
};

export function readType(bytes: Hdf5Bytes, at: number): Hdf5Type {
  const kind = bytes.whole(at, 1) & 15;
  const bits = bytes.whole(at + 1, 3);
  const size = bytes.whole(at + 4, 4);
  const littleEndian = (bits & 1) === 0;
  if (kind === FLOAT) {
    const [exponent, mantissa] = [bytes.whole(at + 13, 1), bytes.whole(at + 15, 1)];
    const type = FLOATS[`${size}: ${exponent} + ${mantissa}`];
    if (type && (bits & 0x40) === 0) return { kind: 'number', type, littleEndian };
  }
  if (kind === FIXED) {
    const type = WHOLE[size]?.[bits & 8 ? 1 : 0];
    if (type) return { kind: 'number', type, littleEndian };
  }
  if (kind === TEXT) return { kind: 'text', bytes: size };
  if (kind === OF_ANY_LENGTH && (bits & 15) === 1) return { kind: 'longText' };
  return { kind: 'other', words: `of class ${kind} and ${size} bytes` };
}

/** An array's shape; undefined for one that says that it is empty. */
export function readSpace(bytes: Hdf5Bytes, at: number): number[] | undefined {
  const version = bytes.whole(at, 1);
  if (version !== 1 && version !== 2) throw damaged(`a shape is of version ${version}`);
  const rank = bytes.whole(at + 1, 1);
  const nothing = 2;
  if (version === 2 && bytes.whole(at + 3, 1) === nothing) return undefined;
  if (rank > MAX_DIMENSIONS)
    throw beyond(`an array has ${rank} dimensions, ${MAX_DIMENSIONS} are read at most`);
  const first = at + (version === 1 ? 8 : 4);
  const shape = Array.from({ length: rank }, (_, axis) => bytes.whole(first + 8 * axis, 8));
  countElements('parseHdf5', shape, MAX_ELEMENTS);
  return shape;
}
