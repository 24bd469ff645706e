import type { StoredType } from '../arrays/stored-numbers.ts';

/** Number types of safetensors files that can be read. */
export type SafetensorsType =
  | 'BOOL'
  | 'U8'
  | 'I8'
  | 'U16'
  | 'I16'
  | 'F16'
  | 'BF16'
  | 'U32'
  | 'I32'
  | 'F32'
  | 'U64'
  | 'I64'
  | 'F64';

/** What each type is in memory; of two with the same one, the first is what is written. */
export const SAFETENSORS_TYPES: ReadonlyMap<string, StoredType> = new Map<SafetensorsType, StoredType>([
  ['U8', 'uint8'],
  ['BOOL', 'bool'],
  ['I8', 'int8'],
  ['U16', 'uint16'],
  ['I16', 'int16'],
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
  ['U32', 'uint32'],
  ['I32', 'int32'],
  ['F32', 'float32'],
  ['U64', 'uint64'],
  ['I64', 'int64'],
  ['F64', 'float64'],
]);
