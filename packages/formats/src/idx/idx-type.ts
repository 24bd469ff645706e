import type { ElementType } from '../arrays/number-array.ts';

/** IDX's type bytes. */
export const IDX_TYPES: ReadonlyMap<number, ElementType> = new Map([
  [0x08, 'uint8'],
  [0x09, 'int8'],
  [0x0b, 'int16'],
  [0x0c, 'int32'],
  [0x0d, 'float32'],
  [0x0e, 'float64'],
]);
