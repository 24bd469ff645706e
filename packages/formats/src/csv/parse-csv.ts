import { didYouMean, LatentkitError, type NdArray, shorten } from '@latentkit/core';
import {
  anything,
  checkOptions,
  flagRule,
  listRule,
  type OptionRules,
  oneOf,
  whole,
} from '@latentkit/core/options';
import { createGrowingArray } from '../arrays/growing-array.ts';
import { MAX_ELEMENTS } from '../limits.ts';
import { decodeText } from '../text/decode-text.ts';
import { checkDelimiter, type Decimal, isMissing, isNumber, readNumber } from './csv-cells.ts';
import { type CsvLayout, checkWidth, findLayout } from './csv-layout.ts';
import { type CsvRow, splitCsv } from './split-csv.ts';

export interface ParseCsvOptions {
  /**
   * Whether the first row names the columns. By default it does where its cells are words, and where they count 0, 1, 2,
   * ... above numbers that do not go on so, as pandas names columns; what is a guess is told in `notes`.
   */
  header?: boolean;
  /**
   * A column that stays text, such as the classes' names: its name, or its place from 0. It is left out of the numbers.
   */
  textColumn?: string | number;
  /** Columns that are not read, such as words: their names, or their places from 0. Whatever is in them is no error. */
  leaveOut?: readonly (string | number)[];
  /**
   * Whether the first column numbers the rows and is left out. By default it is where a header has no name for it and it
   * holds no whole number twice, as pandas writes its index.
   */
  rowNumbers?: boolean;
  /** One character; by default the comma, semicolon, tab or bar that cuts the first rows into as many cells. */
  delimiter?: string;
  /** By default a comma where the first rows show one and the delimiter is another character. */
  decimal?: Decimal;
  /** Most numbers to make room for. */
  maxElements?: number;
}

const RULES: OptionRules<ParseCsvOptions> = {
  ...{ header: flagRule, rowNumbers: flagRule, decimal: oneOf('.', ','), maxElements: whole(0) },
  ...{ textColumn: anything, leaveOut: listRule, delimiter: anything }, // looked at below
};

/** A table of numbers: `[rows, columns]`, and the columns' names if the file had them. */
export interface CsvTable extends NdArray<Float64Array<ArrayBuffer>> {
  readonly shape: readonly [number, number];
  readonly columns?: readonly string[];
  /** The cells of the `textColumn`, one a row. */
  readonly texts?: readonly string[];
  /** What was guessed and could be otherwise, a sentence each; missing where there is nothing to tell. */
  readonly notes?: readonly string[];
}

/**
 * Reads a table of numbers from CSV (RFC 4180) as programs export it: UTF-8 or UTF-16, with a byte order mark or without; LF
 * or CRLF; commas, semicolons, tabs or bars (`|`); decimal points or commas; blank lines at the end; a delimiter at each line's end.
 *
 * @param file the file's bytes, or its text.
 * @returns float64, `[rows, columns]`, row by row.
 * @throws `E_FORMAT` for a cell that is not a finite decimal number, or a row of another length, naming line and column;
 * `E_LIMIT` beyond `maxElements` numbers or `MAX_TEXT_BYTES` bytes; `E_UNKNOWN_NAME` for a text column, or one to leave out, that is not there;
 * `E_USAGE` for a delimiter that is not one character; `E_CONFIG` and `E_RANGE` for options that cannot be.
 * @example
 * parseCsv('x,y\n1,2\n3,4\n'); // { columns: ['x', 'y'], shape: [2, 2], data: Float64Array [1, 2, 3, 4] }
 * @see RFC 4180
 */
export function parseCsv(
  file: string | Uint8Array | ArrayBufferLike,
  options: ParseCsvOptions = {},
): CsvTable {
  checkOptions('parseCsv', options, RULES);
  const { maxElements = MAX_ELEMENTS, ...given } = options;
  if (given.delimiter !== undefined) {
    checkDelimiter('parseCsv', given.delimiter, given.decimal);
  }
  const text = typeof file === 'string' ? file : decodeText(file, 'parseCsv').text;
  const layout = findLayout(text, given);
  const { delimiter, width, header } = layout;
  const notes = [...layout.notes];
  const numbers = createGrowingArray<Float64Array<ArrayBuffer>>(Float64Array, {
    ...{ where: 'parseCsv', first: 1024, most: maxElements },
    atLimit: () => refuseMore(maxElements),
  });
  const texts: string[] = [];
  let columns: readonly string[] | undefined;
  let textAt: number | undefined;
  let unread = new Set<number | undefined>();
  let rows = 0;
  let isFirst = true;
  for (const row of splitCsv(text, delimiter)) {
    checkWidth('parseCsv', row, width);
    if (isFirst) {
      isFirst = false;
      if (header) columns = row.cells.slice(0, width);
      textAt = placeOf(given.textColumn, width, columns);
      unread = new Set(given.leaveOut?.map((column) => placeOf(column, width, columns)));
      unread.delete(textAt); // which is read as text
      if (header) continue;
    }
    for (let column = 0; column < width; column++) {
      if (column === textAt) texts.push(row.cells[column]!);
      else if (!unread.has(column)) {
        numbers.reserve(1);
        numbers.data[numbers.length++] = readCell(row, column, columns, layout);
      }
    }
    rows++;
  }
  let data = numbers.take();
  let names = columns?.filter((_, column) => column !== textAt && !unread.has(column));
  let kept = width - unread.size - (textAt === undefined ? 0 : 1);
  const numbering = given.rowNumbers ?? findRowNumbers(data, [rows, kept], names, notes);
  if (numbering && kept > 0) {
    data = data.filter((_, i) => i % kept > 0);
    names = names?.slice(1);
    kept--;
  }
  return {
    ...(names && { columns: names }),
    ...(textAt !== undefined && { texts }),
    ...(notes.length > 0 && { notes }),
    ...{ shape: [rows, kept], data },
  };
}

function refuseMore(maxElements: number): never {
  throw new LatentkitError(
    'E_LIMIT',
    `parseCsv: expected at most ${maxElements} numbers (maxElements), got more`,
    {
      fix: 'A program that trusts the file may raise maxElements',
    },
  );
}

/** Which column a name or a number means; undefined for none. */
function placeOf(
  column: string | number | undefined,
  width: number,
  columns: readonly string[] | undefined,
): number | undefined {
  if (column === undefined) return undefined;
  const place = typeof column === 'number' ? column : (columns ?? []).indexOf(column);
  if (Number.isInteger(place) && place >= 0 && place < width) return place;
  const known = columns
    ? didYouMean(String(column), columns)
    : 'The first row does not name the columns: give its place';
  throw new LatentkitError('E_UNKNOWN_NAME', `parseCsv: there is no column ${JSON.stringify(column)}`, {
    fix: typeof column === 'number' ? `Columns are 0 to ${width - 1}` : known,
  });
}

function readCell(
  { line, cells }: CsvRow,
  column: number,
  columns: readonly string[] | undefined,
  { decimal }: CsvLayout,
): number {
  const cell = cells[column]!;
  const value = readNumber(cell, decimal);
  if (Number.isNaN(value)) {
    const name = columns === undefined ? '' : ` ('${shorten(columns[column]!)}')`;
    throw new LatentkitError(
      'E_FORMAT',
      `parseCsv: line ${line}, column ${column + 1}${name}: expected a finite number, got ${JSON.stringify(shorten(cell))}`,
      { fix: fixOf(cell, line, decimal) },
    );
  }
  return value;
}

function fixOf(cell: string, line: number, decimal: Decimal): string {
  if (isMissing(cell)) return 'Numbers may not be missing: fill them in, or leave the row or column out.';
  if (isNumber(cell, decimal)) return 'float64 reaches up to 1.8e308.';
  const other = decimal === ',' ? '.' : ',';
  if (isNumber(cell, other) || isNumber(cell.replaceAll(other, ''), decimal)) {
    return `Save numbers without separators of thousands, or say what their decimals stand behind (decimal: '${other}').`;
  }
  if (/^\s*[-+.\de]+(?:[ |:/][-+.\de]+)+\s*$/i.test(cell))
    return 'Save the table with commas between the numbers.';
  if (line === 1) return 'If the first row names the columns, say so (header: true, or --header yes).';
  return 'If this column holds classes, say so (textColumn, or --label-column); other text is to be left out.';
}

/** Whether the first column is one that pandas wrote as its index. */
function findRowNumbers(
  data: Float64Array,
  [rows, width]: readonly [number, number],
  names: readonly string[] | undefined,
  notes: string[],
): boolean {
  if (names === undefined || width < 2 || rows === 0 || !/^\s*(?:Unnamed: 0)?\s*$/.test(names[0]!))
    return false;
  const first = Float64Array.from({ length: rows }, (_, row) => data[row * width]!);
  const isNumbering = first.every(Number.isInteger) && new Set(first).size === rows;
  const told = isNumbering
    ? 'numbers the rows and is left out: give it one to keep it (in a program rowNumbers: false)'
    : 'is read as numbers: take it out of the file if it numbers the rows (in a program rowNumbers: true)';
  notes.push(`the first column has no name: it ${told}`);
  return isNumbering;
}
