import { LatentkitError } from '@latentkit/core';

const POINT_NUMBER = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/;
const COMMA_NUMBER = /^\s*[+-]?(?:\d+(?:,\d*)?|,\d+)(?:[eE][+-]?\d+)?\s*$/;
const DECIMAL_COMMA = /^\s*[+-]?\d*,\d+(?:[eE][+-]?\d+)?\s*$/;
const MISSING = /^\s*(?:|-|\?|[+-]?nan|[+-]?inf(?:inity)?|<?na>?|n\/a|#n\/a|null|none)\s*$/i;
const DIGITS = /^\s*\d+\s*$/;

/** What stands before the decimals. */
export type Decimal = '.' | ',';

/** The number that a cell is; NaN for what is none, or is not finite. */
export function readNumber(cell: string, decimal: Decimal): number {
  if (!isNumber(cell, decimal)) return Number.NaN;
  const value = Number(decimal === ',' ? cell.replace(',', '.') : cell);
  return Number.isFinite(value) ? value : Number.NaN;
}

export function isNumber(cell: string, decimal: Decimal): boolean {
  return (decimal === ',' ? COMMA_NUMBER : POINT_NUMBER).test(cell);
}

/** A number that can only be one with a decimal comma. */
export function hasDecimalComma(cell: string): boolean {
  return DECIMAL_COMMA.test(cell);
}

/** Nothing, or one of the words that programs write where a number is missing: no name of a column. */
export function isMissing(cell: string): boolean {
  return MISSING.test(cell);
}

/** A number without sign, decimals and exponent, as counts and names of columns are written. */
export function isDigits(cell: string): boolean {
  return DIGITS.test(cell);
}

/** Refuses what cannot stand between cells. */
export function checkDelimiter(where: string, delimiter: unknown, decimal?: Decimal): void {
  if (delimiter === decimal) {
    throw new LatentkitError('E_USAGE', `${where}: '${decimal}' can't be both delimiter and decimal sign`);
  }
  if (typeof delimiter === 'string' && delimiter.length === 1 && !'"\r\n'.includes(delimiter)) return;
  throw new LatentkitError(
    'E_USAGE',
    `${where}: the delimiter must be one character, no quote or line break, got ${JSON.stringify(delimiter)}`,
  );
}
