import { checkValue, type OptionRule } from '@latentkit/core/options';
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
    const words = hasWords.flatMap((has, i) => (has ? i : []));
    const areClasses = words.every(
      (i) => i === 0 || i === cells.length - 1 || LABEL_NAME.test(columns?.[i] ?? ''),
    );
    const labels = hasWords.filter((has, i) => !has && LABEL_NAME.test(columns?.[i] ?? '')).length;
    const numbers = cells.length - words.length - labels;
    if (numbers === 0 && words.length < 2) return false; // a list of classes, or a text
    return words.length > 1 || !areClasses || !(isImage(numbers) || isImage(numbers - 1));
  } catch {
    return undefined;
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
