import { LatentkitError, type NdArray } from '@latentkit/core';
import { MAX_ELEMENTS } from './limits.ts';
import { type CsvRow, splitCsv } from './split-csv.ts';

const NUMBER = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

export interface ParseCsvOptions {
  /** Whether the first row names the columns; by default it does when none of its cells is a number. */
  header?: boolean;
  /** One character. */
  delimiter?: string;
  /** Most numbers to make room for. */
  maxElements?: number;
}

/** A table of numbers: `[rows, columns]`, and the columns' names if the file had them. */
export interface CsvTable extends NdArray<Float64Array<ArrayBuffer>> {
  readonly shape: readonly [number, number];
  readonly columns?: readonly string[];
}

/**
 * Reads a table of numbers from CSV text (RFC 4180 quotes, LF or CRLF, a byte order mark is skipped).
 *
 * @returns float64, `[rows, columns]`, row by row.
 * @throws `E_FORMAT` for a cell that is not a finite decimal number, or a row of another length, naming line and column;
 * `E_LIMIT` beyond `maxElements`; `E_USAGE` for a delimiter that is not one character.
 * @example
 * parseCsv('x,y\n1,2\n3,4\n'); // { columns: ['x', 'y'], shape: [2, 2], data: Float64Array [1, 2, 3, 4] }
 * @see RFC 4180
 */
export function parseCsv(
  text: string,
  { header, delimiter = ',', maxElements = MAX_ELEMENTS }: ParseCsvOptions = {},
): CsvTable {
  if (delimiter.length !== 1 || '"\r\n'.includes(delimiter)) {
    throw new LatentkitError(
      'E_USAGE',
      `parseCsv: the delimiter must be one character, no quote or line break, got ${JSON.stringify(delimiter)}`,
    );
  }
  const numbers: number[] = [];
  let columns: string[] | undefined;
  let width: number | undefined;
  for (const row of splitCsv(text, delimiter)) {
    if (width === undefined) {
      width = row.cells.length;
      if (header ?? !row.cells.some((cell) => NUMBER.test(cell))) {
        columns = row.cells;
        continue;
      }
    }
    if (row.cells.length !== width) {
      throw new LatentkitError(
        'E_FORMAT',
        `parseCsv: line ${row.line}: expected ${width} cells as in the first row, got ${row.cells.length}`,
      );
    }
    if (numbers.length + width > maxElements) {
      throw new LatentkitError('E_LIMIT', `parseCsv: expected at most ${maxElements} numbers, got more`, {
        fix: 'Raise maxElements if you trust the file.',
      });
    }
    for (let column = 0; column < width; column++) numbers.push(readCell(row, column, columns));
  }
  const shape: [number, number] = [width ? numbers.length / width : 0, width ?? 0];
  return { ...(columns && { columns }), shape, data: Float64Array.from(numbers) };
}

function readCell({ line, cells }: CsvRow, column: number, columns: string[] | undefined): number {
  const cell = cells[column]!;
  const value = NUMBER.test(cell) ? Number(cell) : Number.NaN;
  if (!Number.isFinite(value)) {
    const name = columns === undefined ? '' : ` ('${columns[column]}')`;
    throw new LatentkitError(
      'E_FORMAT',
      `parseCsv: line ${line}, column ${column + 1}${name}: expected a finite number, got ${JSON.stringify(cell.slice(0, 40))}`,
      line === 1 ? { fix: 'If the first row names the columns, pass header: true.' } : {},
    );
  }
  return value;
}
