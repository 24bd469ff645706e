import { LatentkitError } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  listRule,
  type OptionRules,
  oneOf,
} from '@latentkit/core/options';
import { checkDelimiter, type Decimal } from './csv-cells.ts';
import { quote } from './encode-csv.ts';

export interface EncodeCsvTextOptions {
  /** One character; by default a comma, or a semicolon where decimals have commas. */
  delimiter?: string;
  /** What stands before the decimals of numbers; a point by default. */
  decimal?: Decimal;
}

const RULES: OptionRules<EncodeCsvTextOptions> = {
  delimiter: anything, // looked at below
  decimal: oneOf('.', ','),
};

/**
 * Writes rows of numbers and words as CSV text with LF line ends, under the columns' names.
 *
 * @throws `E_SHAPE` for a row of another length; `E_NOT_FINITE` for a number that is none; `E_USAGE` for what are no rows, and a
 * delimiter that cannot be.
 * @example
 * encodeCsvText(['name', 'age'], [['Ada', 36]]); // 'name,age\nAda,36\n'
 * encodeCsvText(['x'], [[1.5]], { decimal: ',' }); // 'x\n1,5\n'
 * @see RFC 4180
 */
export function encodeCsvText(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  options: EncodeCsvTextOptions = {},
): string {
  checkValue('encodeCsvText', 'columns', columns, listRule);
  checkValue('encodeCsvText', 'rows', rows, listRule);
  checkOptions('encodeCsvText', options, RULES);
  const { decimal = '.' } = options;
  const { delimiter = decimal === ',' ? ';' : ',' } = options;
  checkDelimiter('encodeCsvText', delimiter, decimal);
  const lines = Array.from([columns, ...rows], (cells, line) => {
    if (!Array.isArray(cells) || cells.length !== columns.length) {
      throw new LatentkitError(
        'E_SHAPE',
        `encodeCsvText: line ${line + 1}: expected ${columns.length} cells, got ${Object(cells).length ?? 'none'}`,
      );
    }
    return cells.map((cell: unknown) => {
      if (typeof cell === 'string') return quote(cell, delimiter);
      if (typeof cell === 'number' && Number.isFinite(cell)) return String(cell).replace('.', decimal);
      throw new LatentkitError(
        'E_NOT_FINITE',
        `encodeCsvText: line ${line + 1}: expected text or a finite number, got ${String(cell)}`,
      );
    });
  });
  return lines.map((cells) => `${cells.join(delimiter)}\n`).join('');
}
