export { decodeText, type TextEncoding } from './decode-text.ts';
export { type EncodeCsvOptions, encodeCsv } from './encode-csv.ts';
export { encodeIdx } from './encode-idx.ts';
export { encodeNpy } from './encode-npy.ts';
export { encodeSafetensors } from './encode-safetensors.ts';
export { type GunzipOptions, gunzip, isGzip } from './gunzip.ts';
export {
  MAX_DIMENSIONS,
  MAX_ELEMENTS,
  MAX_GUNZIP_BYTES,
  MAX_JSON_DEPTH,
  MAX_NPY_HEADER_BYTES,
  MAX_SAFETENSORS_HEADER_BYTES,
  MAX_SAFETENSORS_TENSORS,
  MAX_TEXT_BYTES,
} from './limits.ts';
export type { ElementType, EncodableArray, NumberArray } from './number-array.ts';
export { type CsvTable, type ParseCsvOptions, parseCsv } from './parse-csv.ts';
export { type ParseIdxOptions, parseIdx } from './parse-idx.ts';
export { type ParseJsonOptions, parseJson } from './parse-json.ts';
export { type ParseNpyOptions, parseNpy } from './parse-npy.ts';
export {
  type ParseSafetensorsOptions,
  parseSafetensors,
  type Safetensors,
  type SafetensorsArray,
} from './parse-safetensors.ts';
export type { SafetensorsType } from './safetensors-type.ts';
export { toFloat32Arrays } from './to-float32-arrays.ts';
