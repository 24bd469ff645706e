import type { StoredType } from '../arrays/stored-numbers.ts';

/** NumPy's type letters and sizes, without the byte order's sign. */
export const NPY_TYPES: ReadonlyMap<string, StoredType> = new Map([
  ['b1', 'bool'],
  ['u1', 'uint8'],
  ['i1', 'int8'],
  ['u2', 'uint16'],
  ['i2', 'int16'],
  ['f2', 'float16'],
  ['u4', 'uint32'],
  ['i4', 'int32'],
  ['f4', 'float32'],
  ['u8', 'uint64'],
  ['i8', 'int64'],
  ['f8', 'float64'],
]);

export const NPY_MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
