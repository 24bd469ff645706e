import { checkValue, having, type OptionRule } from '@latentkit/core/options';
import { isMissingCell, parseCsvText, readCsvNumber } from '@latentkit/formats';
import { LABEL_NAME } from '../import/read-table.ts';
import { recognizeFile } from '../import/recognize-file.ts';

const LEAST_IMAGE = 16; // numbers: 4 x 4
const bytesRule: OptionRule = {
  be: 'be bytes, a Uint8Array',
  code: 'E_USAGE',
  fits: (value) => value instanceof Uint8Array,
};

/**
 * Whether a CSV is a table of columns, whose rows can be no images: words make up several columns, or in one between others; or its numbers
 * are too few for an image, or make no square.
 *
 * @param head its first lines, of which the last may be cut off.
 * @throws `E_USAGE` for what are no bytes.
 * @example
 * isTable(new TextEncoder().encode('age,soil,height\n36,clay,1.8\n')); // true
 */
export function isTable(head: Uint8Array): boolean {
  checkValue('isTable', 'head', head, bytesRule);
  if (!['table', 'text'].includes(recognizeFile(head).type)) return false;
  const lines = wholeLines(head);
  // Where a line is of another length, those before say what it is, and who reads all of it says which line.
  const parts = [lines, firstLines(lines)].map(isTablePart);
  return parts.find((found) => found !== undefined) ?? false;
}

/** Undefined for what cannot be read. */
function isTablePart(lines: Uint8Array): boolean | undefined {
  try {
    const { columns, cells, rows, decimal } = parseCsvText(lines);
    if (rows === 0) return false;
    const hasWords = cells.map((column) => {
      const told = column.filter((cell) => !isMissingCell(cell));
      return 2 * told.filter((cell) => Number.isNaN(readCsvNumber(cell, decimal))).length > told.length;
    });
    return areOfTable(hasWords.map((has, i) => ({ hasWords: has, name: columns?.[i] })));
  } catch {
    return undefined;
  }
}

/** Whether columns are a table's, by their names and by whether they have words. */
function areOfTable(columns: readonly { readonly name: string | undefined; hasWords: boolean }[]): boolean {
  const isLabel = ({ name = '' }: { readonly name: string | undefined }) => LABEL_NAME.test(name);
  const words = columns.filter(({ hasWords }) => hasWords);
  const areClasses = words.every(
    (column) => column === columns[0] || column === columns.at(-1) || isLabel(column),
  );
  const labels = columns.filter((column) => !column.hasWords && isLabel(column)).length;
  const numbers = columns.length - words.length - labels;
  if (numbers === 0 && words.length < 2) return false; // a list of classes, or a text
  return words.length > 1 || !areClasses || !(isImage(numbers) || isImage(numbers - 1));
}

/** A file of which pieces are read. */
export interface TablePieces {
  /** Bytes. */
  readonly size: number;
  read(from: number, to: number): Uint8Array | Promise<Uint8Array>;
}

const piecesRule = having('a file, { size, read }', { size: 'number', read: 'function' });
const FIRST_ROWS = 2 ** 18; // bytes, in which the first rows of a table lie
const MOST_FOOTER = 2 ** 26; // bytes, that a Parquet table's may have

/**
 * Whether a file is a table of columns: a CSV as {@link isTable} says by its first rows, Parquet by the names and types of its columns,
 * where pictures and lists of numbers are none. No more than its beginning and its end are read.
 *
 * @throws `E_USAGE` for what is no file, and what its `read` throws; what is wrong with its content is for others to say.
 * @example
 * const blob = new Blob(['age,soil,height\n36,clay,1.8\n']);
 * const read = async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer());
 * await isTableFile({ size: blob.size, read }); // true
 */
export async function isTableFile(file: TablePieces): Promise<boolean> {
  checkValue('isTableFile', 'file', file, piecesRule);
  const { size } = file;
  const head = await file.read(0, Math.min(size, FIRST_ROWS));
  if (recognizeFile(head).type !== 'parquet') return isTable(head);
  if (size < FOOTER_END) return false;
  const end = await file.read(size - FOOTER_END, size);
  const footer = new DataView(end.buffer, end.byteOffset).getUint32(0, true) + FOOTER_END;
  if (footer > Math.min(size, MOST_FOOTER)) return false;
  return isParquetTable(await file.read(size - footer, size));
}

const FOOTER_END = 8; // bytes: its length, and a mark

async function isParquetTable(end: Uint8Array): Promise<boolean> {
  const { parseParquetColumns } = await import('@latentkit/formats/parse-parquet'); // large
  try {
    const columns = parseParquetColumns(end);
    if (columns.some(({ holds }) => holds === 'other')) return false;
    return areOfTable(columns.map(({ name, holds }) => ({ name, hasWords: holds === 'words' })));
  } catch {
    return false;
  }
}

function isImage(numbers: number): boolean {
  return numbers >= LEAST_IMAGE && [1, 3].some((channels) => Number.isInteger(Math.sqrt(numbers / channels)));
}

const FEW_LINES = 3;

function firstLines(bytes: Uint8Array): Uint8Array {
  let end = -1;
  for (let line = 0; line < FEW_LINES; line++) {
    const next = bytes.indexOf(10, end + 1);
    if (next < 0) return bytes;
    end = next;
  }
  return bytes.subarray(0, end + (isLittleEndian(bytes) ? 2 : 1));
}

/** UTF-16 whose bytes come the other way round. */
const isLittleEndian = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xfe;

/** Without the last line, which may be cut off, where there are others. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(10);
  if (end < 0) return bytes;
  const cut = bytes.subarray(0, end + (isLittleEndian(bytes) ? 2 : 1));
  return cut.filter((byte) => byte === 10).length > 1 ? cut : bytes;
}
