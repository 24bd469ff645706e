import { checkValue, type OptionRule } from '@latentkit/core/options';

/** What pictures are stored as. */
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

const IMAGE_FORMATS = ['png', 'jpeg', 'gif', 'webp', 'bmp'] as const;

/** What a file is, by its content: its name says nothing here. */
export interface FileKind {
  readonly type:
    | ImageFormat
    | 'npy'
    | 'idx'
    | 'parquet'
    | 'safetensors'
    | 'zip'
    | 'gzip'
    | 'table'
    | 'text'
    | 'model'
    | 'other';
  /** For whoever put it here: `a PNG image`, `text, and no table of numbers`. */
  readonly what: string;
}

const bytesRule: OptionRule = {
  be: 'be bytes, a Uint8Array',
  code: 'E_USAGE',
  fits: (value) => value instanceof Uint8Array,
};
const IDX_TYPES = [8, 9, 11, 12, 13, 14];
/** What is said of text that shows no rows of numbers. */
export const TEXT = 'text, and no table of numbers';
const HEAD = 2 ** 18; // holds the names of 12,288 columns, and a row behind them
const NUMBER = /^\s*"?[+-]?(?:\d*[.,]?\d+|\d+[.,])(?:e[+-]?\d+)?"?\s*$/i;

/** What begins a file, a character a byte, where `…` is any; and what that makes of it. The first that fits counts. */
const STARTS: readonly [start: string, type: FileKind['type'], what: string][] = [
  ['\x89PNG\r\n\x1a\n', 'png', 'a PNG image'],
  ['\xff\xd8\xff', 'jpeg', 'a JPEG image'],
  ['GIF87a', 'gif', 'a GIF image'],
  ['GIF89a', 'gif', 'a GIF image'],
  ['RIFF…………WEBP', 'webp', 'a WebP image'],
  ['BM…………\0\0\0\0', 'bmp', 'a BMP image'],
  ['\x93NUMPY', 'npy', 'a NumPy array'],
  ['PK\x03\x04', 'zip', 'a ZIP'],
  ['PK\x05\x06', 'zip', 'a ZIP'],
  ['\x1f\x8b', 'gzip', 'a gzip file'],
  ['\x89HDF\r\n', 'model', 'a model or other data of HDF5, as Keras saves it'],
  ['…………\0\0\0\0{"', 'safetensors', "a model's weights (safetensors)"],
  ...['\x02', '\x03', '\x04', '\x05'].map(
    (version) =>
      [`\x80${version}`, 'model', 'a Python pickle, as PyTorch saves models'] as const satisfies string[],
  ),
  ['\x08…\x12', 'model', 'a model (ONNX)'],
  ['PAR1', 'parquet', 'a Parquet table'],
  ['II*\0', 'other', 'a TIFF image, which is not read here: save it as PNG'],
  ['MM\0*', 'other', 'a TIFF image, which is not read here: save it as PNG'],
  ['…………ftypavif', 'other', 'an AVIF image, which is not read here: save it as PNG'],
  ['…………ftyphei', 'other', 'a HEIC image, which is not read here: save it as PNG or JPEG'],
  ['…………ftyp', 'other', 'a video'],
  ['%PDF', 'other', 'a PDF'],
  ['Rar!', 'other', 'an archive that is no ZIP: unpack it first'],
  ['7z\xbc\xaf', 'other', 'an archive that is no ZIP: unpack it first'],
  [`${'…'.repeat(257)}ustar`, 'other', 'a tar archive: unpack it first'],
];

/** Whether a file is a picture. */
export function isImageFormat(type: FileKind['type']): type is ImageFormat {
  return IMAGE_FORMATS.some((format) => format === type);
}

/**
 * What a file is, by its content.
 *
 * @throws `E_USAGE` for what are no bytes.
 * @example
 * recognizeFile(encodeNpy({ shape: [1], data: new Uint8Array(1) })); // { type: 'npy', what: 'a NumPy array' }
 */
export function recognizeFile(bytes: Uint8Array): FileKind {
  checkValue('recognizeFile', 'bytes', bytes, bytesRule);
  if (bytes.length === 0) return { type: 'other', what: 'empty' };
  const found = STARTS.find(([start]) => beginsWith(bytes, start));
  if (found) return { type: found[1], what: found[2] };
  const [first, second, type = 0, axes = 0] = bytes;
  if (first === 0 && second === 0 && IDX_TYPES.includes(type) && axes >= 1 && axes <= 4) {
    return { type: 'idx', what: 'an IDX array' };
  }
  const text = readHead(bytes);
  if (text !== undefined) return recognizeText(text);
  const what = isOtherText(bytes)
    ? 'text that is neither UTF-8 nor UTF-16: save it as UTF-8'
    : 'of no known kind';
  return { type: 'other', what };
}

function recognizeText(text: string): FileKind {
  const start = text.trimStart();
  if (/^<svg|^<\?xml[\s\S]*<svg/i.test(start))
    return { type: 'other', what: 'an SVG drawing: save it as PNG' };
  if (/^<[!?a-z]/i.test(start)) return { type: 'other', what: 'a web page or XML' };
  if (/^[{[]\s*["{[\]}\d]/.test(start)) {
    const isModel = /"(?:latentkit-model|modelTopology|weightsManifest|latentDim|class_name)"/.test(text);
    return isModel
      ? { type: 'model', what: "a model's description (JSON)" }
      : { type: 'other', what: 'JSON, which is not read here' };
  }
  // A first line may name the columns: where there is a second one, that has the numbers.
  const [one = '', two = one] = start.split(/\r\n|[\r\n]/).filter((line) => line.trim() !== '');
  const cells = two.split(/[,;\t|]/);
  const numbers = cells.filter((cell) => NUMBER.test(cell)).length;
  if (numbers > 0 && 2 * numbers >= cells.length) return { type: 'table', what: 'a table' };
  return { type: 'text', what: TEXT };
}

function beginsWith(bytes: Uint8Array, start: string): boolean {
  return Array.from(start).every((character, i) => character === '…' || bytes[i] === character.charCodeAt(0));
}

/** Bytes that an older encoding may have for text: Latin-1, or Windows-1252 as Excel saves it. */
function isOtherText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, HEAD).every((byte) => byte > 31 || (byte > 8 && byte < 14));
}

/** The beginning of a text; undefined for what is none. */
function readHead(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  const encoding = isLittle ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, HEAD));
  let strange = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 9 || (code > 13 && code < 32) || code === 0xfffd) strange++;
  }
  return strange > 1 ? undefined : text; // one: a character that the piece cuts in two
}
