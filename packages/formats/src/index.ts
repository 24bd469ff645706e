export type { ElementType, EncodableArray, NumberArray } from './arrays/number-array.ts';
export type { ParsePictureOptions, PictureBytes } from './arrays/picture.ts';
export { toFloat32Arrays } from './arrays/to-float32-arrays.ts';
export { parseBmp } from './bmp/parse-bmp.ts';
export { createSha256 } from './checksum/create-sha256.ts';
export { digestSha256 } from './checksum/digest-sha256.ts';
export { sha256Hex } from './checksum/sha256-hex.ts';
export { type Decimal, isMissing as isMissingCell, readNumber as readCsvNumber } from './csv/csv-cells.ts';
export { type EncodeCsvOptions, encodeCsv } from './csv/encode-csv.ts';
export { type EncodeCsvTextOptions, encodeCsvText } from './csv/encode-csv-text.ts';
export { type CsvTable, type ParseCsvOptions, parseCsv } from './csv/parse-csv.ts';
export { type CsvText, type ParseCsvTextOptions, parseCsvText } from './csv/parse-csv-text.ts';
export { parseGif } from './gif/parse-gif.ts';
export { type GunzipOptions, gunzip, isGzip } from './gzip/gunzip.ts';
export { encodeIdx } from './idx/encode-idx.ts';
export { type ParseIdxOptions, parseIdx } from './idx/parse-idx.ts';
export {
  MAX_DIMENSIONS,
  MAX_ELEMENTS,
  MAX_GUNZIP_BYTES,
  MAX_JSON_DEPTH,
  MAX_NPY_HEADER_BYTES,
  MAX_PICTURE_PIXELS,
  MAX_SAFETENSORS_HEADER_BYTES,
  MAX_SAFETENSORS_TENSORS,
  MAX_TEXT_BYTES,
  MAX_ZIP_BYTES,
  MAX_ZIP_ENTRIES,
  MAX_ZIP_RATIO,
} from './limits.ts';
export { encodeNpy, encodeNpyHeader } from './npy/encode-npy.ts';
export { type NpyStart, type ParseNpyOptions, parseNpy, parseNpyStart } from './npy/parse-npy.ts';
export { parsePng } from './png/parse-png.ts';
export { encodeSafetensors } from './safetensors/encode-safetensors.ts';
export { fingerprintWeights } from './safetensors/fingerprint-weights.ts';
export {
  type ParseSafetensorsOptions,
  parseSafetensors,
  type Safetensors,
  type SafetensorsArray,
} from './safetensors/parse-safetensors.ts';
export type { SafetensorsType } from './safetensors/safetensors-type.ts';
export {
  encodeTensorboardEvents,
  type TensorboardEvent,
  type TensorboardValue,
} from './tensorboard/encode-tensorboard-events.ts';
export { decodeText, type TextEncoding } from './text/decode-text.ts';
export { type ParseJsonOptions, parseJson } from './text/parse-json.ts';
export { encodeZip } from './zip/encode-zip.ts';
export { type ReadZipOptions, readZip, type ZipFile } from './zip/read-zip.ts';
