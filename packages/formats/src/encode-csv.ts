import { LatentkitError, type NdArray } from '@latentkit/core';
import { checkArray } from './check-array.ts';
import type { NumberArray } from './number-array.ts';

export interface EncodeCsvOptions {
  /** Names for a first row. */
  columns?: readonly string[];
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
  { columns, delimiter = ',' }: EncodeCsvOptions = {},
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
  const lines = columns === undefined ? [] : [columns.map((name) => quote(name, delimiter)).join(delimiter)];
  for (let row = 0; row < rows; row++) {
    const cells = table.data.subarray(row * width, (row + 1) * width);
    const bad = cells.findIndex((value) => !Number.isFinite(Number(value)));
    if (bad >= 0) {
      throw new LatentkitError(
        'E_NOT_FINITE',
        `encodeCsv: row ${row + 1}, column ${bad + 1}: expected a finite number, got ${cells[bad]}`,
      );
    }
    lines.push(cells.join(delimiter));
  }
  return lines.map((line) => `${line}\n`).join('');
}

function quote(name: string, delimiter: string): string {
  return /["\r\n]/.test(name) || name.includes(delimiter) ? `"${name.replaceAll('"', '""')}"` : name;
}
