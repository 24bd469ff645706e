import { LatentkitError } from '@latentkit/core';
import { anything, checkOptions, flagRule, type OptionRules, oneOf, whole } from '@latentkit/core/options';
import { MAX_ELEMENTS } from '../limits.ts';
import { decodeText } from '../text/decode-text.ts';
import { checkDelimiter, type Decimal } from './csv-cells.ts';
import { checkWidth, findLayout } from './csv-layout.ts';
import type { ParseCsvOptions } from './parse-csv.ts';
import { splitCsv } from './split-csv.ts';

export type ParseCsvTextOptions = Pick<ParseCsvOptions, 'header' | 'delimiter' | 'decimal'> & {
  /** Most cells to make room for. */
  maxCells?: number;
};

/** A table of text, column by column. */
export interface CsvText {
  /** The columns' names, if the file has them. */
  readonly columns?: readonly string[];
  /** Of each column, a cell a row. */
  readonly cells: readonly (readonly string[])[];
  /** Of each row, the line of the file where it begins. */
  readonly lines: readonly number[];
  readonly rows: number;
  /** What stands before the decimals of its numbers. */
  readonly decimal: Decimal;
  readonly delimiter: string;
  /** What was guessed and could be otherwise, a sentence each. */
  readonly notes: readonly string[];
}

const RULES: OptionRules<ParseCsvTextOptions> = {
  ...{ header: flagRule, decimal: oneOf('.', ','), maxCells: whole(0), delimiter: anything },
};

/**
 * Reads a table whose columns may hold words as well as numbers, in every dialect that `parseCsv` reads; what a cell means is
 * left to the caller.
 *
 * @param file the file's bytes, or its text.
 * @throws `E_FORMAT` for a row of another length, naming its line; `E_LIMIT` beyond `maxCells` cells; what `parseCsv` throws for
 * options that cannot be.
 * @example
 * parseCsvText('name,age\nAda,36\n').cells; // [['Ada'], ['36']]
 * @see RFC 4180
 */
export function parseCsvText(
  file: string | Uint8Array | ArrayBufferLike,
  options: ParseCsvTextOptions = {},
): CsvText {
  checkOptions('parseCsvText', options, RULES);
  const { maxCells = MAX_ELEMENTS, ...given } = options;
  if (given.delimiter !== undefined) checkDelimiter('parseCsvText', given.delimiter, given.decimal);
  const text = typeof file === 'string' ? file : decodeText(file, 'parseCsvText').text;
  const { delimiter, decimal, width, header, notes } = findLayout(text, given);
  const cells: string[][] = Array.from({ length: width }, () => []);
  const lines: number[] = [];
  let columns: readonly string[] | undefined;
  for (const row of splitCsv(text, delimiter)) {
    checkWidth('parseCsvText', row, width);
    if (header && !columns) {
      columns = row.cells.slice(0, width);
      continue;
    }
    if ((lines.length + 1) * width > maxCells) {
      throw new LatentkitError(
        'E_LIMIT',
        `parseCsvText: expected at most ${maxCells} cells (maxCells), got more`,
        {
          fix: 'A program that trusts the file may raise maxCells',
        },
      );
    }
    for (let column = 0; column < width; column++) cells[column]!.push(row.cells[column]!);
    lines.push(row.line);
  }
  return { ...(columns && { columns }), cells, lines, rows: lines.length, decimal, delimiter, notes };
}
