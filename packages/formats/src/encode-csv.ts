import { LatentkitError, type NdArray } from '@latentkit/core';
import { checkArray } from './check-array.ts';
import type { NumberArray } from './number-array.ts';

export interface EncodeCsvOptions {
  /** Names for a first row. */
  columns?: readonly string[];
  /** A column of text to put before the numbers' column `at` (their number: behind all), and its name where there are names. */
  texts?: { at: number; name?: string; cells: readonly string[] };
  /** One character. */
  delimiter?: string;
}

/**
 * Writes a table as CSV text with LF line ends; numbers in the shortest form that reads back the same.
 *
 * @param table `[rows, columns]`.
 * @throws `E_SHAPE` when the array is no table or `columns` does not fit it; `E_NOT_FINITE` naming row and column.
 * @example
 * encodeCsv({ shape: [2, 2], data: new Float64Array([1, 2, 3, 4.5]) }, { columns: ['x', 'y'] }); // 'x,y\n1,2\n3,4.5\n'
 * @see RFC 4180
 */
export function encodeCsv(
  table: NdArray<NumberArray>,
  { columns, texts, delimiter = ',' }: EncodeCsvOptions = {},
): string {
  checkArray('encodeCsv', table);
  const [rows, width] = table.shape;
  if (rows === undefined || width === undefined || table.shape.length !== 2) {
    throw new LatentkitError(
      'E_SHAPE',
      `encodeCsv: expected [rows, columns], got the shape [${table.shape.join(', ')}]`,
    );
  }
  if (columns !== undefined && columns.length !== width) {
    throw new LatentkitError('E_SHAPE', `encodeCsv: expected ${width} column names, got ${columns.length}`);
  }
  if (texts !== undefined && texts.cells.length !== rows) {
    throw new LatentkitError('E_SHAPE', `encodeCsv: expected ${rows} texts, got ${texts.cells.length}`);
  }
  const lineOf = (cells: readonly (string | number | bigint)[], text: string) => {
    const all = texts
      ? [...cells.slice(0, texts.at), quote(text, delimiter), ...cells.slice(texts.at)]
      : cells;
    return all.join(delimiter);
  };
  const names = columns?.map((name) => quote(name, delimiter));
  const lines = names === undefined ? [] : [lineOf(names, texts?.name ?? '')];
  for (let row = 0; row < rows; row++) {
    const cells = table.data.subarray(row * width, (row + 1) * width);
    const bad = cells.findIndex((value) => !Number.isFinite(Number(value)));
    if (bad >= 0) {
      throw new LatentkitError(
        'E_NOT_FINITE',
        `encodeCsv: row ${row + 1}, column ${bad + 1}: expected a finite number, got ${cells[bad]}`,
      );
    }
    lines.push(lineOf([...cells], texts?.cells[row] ?? ''));
  }
  return lines.map((line) => `${line}\n`).join('');
}

function quote(name: string, delimiter: string): string {
  return /["\r\n]/.test(name) || name.includes(delimiter) ? `"${name.replaceAll('"', '""')}"` : name;
}
