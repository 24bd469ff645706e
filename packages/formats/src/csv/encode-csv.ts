import { LatentkitError, type NdArray } from '@latentkit/core';
import { anything, checkOptions, type OptionRules } from '@latentkit/core/options';
import { checkArray } from '../arrays/check-array.ts';
import type { NumberArray } from '../arrays/number-array.ts';
import { checkDelimiter } from './csv-cells.ts';

export interface EncodeCsvOptions {
  /** Names for a first row. */
  columns?: readonly string[];
  /** A column of text to put before the numbers' column `at` (their number: behind all), and its name where there are names. */
  texts?: { at: number; name?: string; cells: readonly string[] };
  /** One character. */
  delimiter?: string;
}

// All looked at below.
const RULES: OptionRules<EncodeCsvOptions> = { columns: anything, texts: anything, delimiter: anything };

/**
 * Writes a table as CSV text with LF line ends; numbers in the shortest form that reads back the same.
 *
 * @param table `[rows, columns]`.
 * @throws `E_SHAPE` when the array is no table or `columns` does not fit it; `E_NOT_FINITE` naming row and column;
 * `E_USAGE` for a delimiter that is not one character, and names that are no texts.
 * @example
 * encodeCsv({ shape: [2, 2], data: new Float64Array([1, 2, 3, 4.5]) }, { columns: ['x', 'y'] }); // 'x,y\n1,2\n3,4.5\n'
 * @see RFC 4180
 */
export function encodeCsv(table: NdArray<NumberArray>, options: EncodeCsvOptions = {}): string {
  checkOptions('encodeCsv', options, RULES);
  const { columns, texts, delimiter = ',' } = options;
  checkDelimiter('encodeCsv', delimiter);
  if (columns !== undefined) requireTexts('columns', columns);
  if (texts !== undefined) requireTexts('texts.cells', Object(texts).cells);
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

export function quote(name: string, delimiter: string): string {
  return /["\r\n]/.test(name) || name.includes(delimiter) ? `"${name.replaceAll('"', '""')}"` : name;
}

function requireTexts(name: string, value: unknown): void {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return;
  throw new LatentkitError('E_USAGE', `encodeCsv: ${name} must be a list of texts`);
}
