import { LatentkitError } from '@latentkit/core';
import { checkValue, listRule } from '@latentkit/core/options';
import { quote } from './encode-csv.ts';

/**
 * Writes rows of numbers and words as CSV text with LF line ends, under the columns' names.
 *
 * @throws `E_SHAPE` for a row of another length; `E_NOT_FINITE` for a number that is none; `E_USAGE` for what are no rows.
 * @example
 * encodeCsvText(['name', 'age'], [['Ada', 36]]); // 'name,age\nAda,36\n'
 * @see RFC 4180
 */
export function encodeCsvText(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  checkValue('encodeCsvText', 'columns', columns, listRule);
  checkValue('encodeCsvText', 'rows', rows, listRule);
  const lines = Array.from([columns, ...rows], (cells, line) => {
    if (!Array.isArray(cells) || cells.length !== columns.length) {
      throw new LatentkitError(
        'E_SHAPE',
        `encodeCsvText: line ${line + 1}: expected ${columns.length} cells, got ${Object(cells).length ?? 'none'}`,
      );
    }
    return cells.map((cell: unknown) => {
      if (typeof cell === 'string') return quote(cell, ',');
      if (typeof cell === 'number' && Number.isFinite(cell)) return String(cell);
      throw new LatentkitError(
        'E_NOT_FINITE',
        `encodeCsvText: line ${line + 1}: expected text or a finite number, got ${String(cell)}`,
      );
    });
  });
  return lines.map((cells) => `${cells.join(',')}\n`).join('');
}
