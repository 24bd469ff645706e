import { LatentkitError, shorten } from '@latentkit/core';
import { type Decimal, isMissingCell, parseCsvText, readCsvNumber } from '@latentkit/formats';
import type { ParquetTable } from '@latentkit/formats/parse-parquet';
import type { Dialect } from '../import/read-table.ts';

const INFINITE = /inf/i; // a value that was there, and is no number: not missing

/** A column as it was written: what is missing is null. */
export interface CellColumn {
  readonly name: string;
  readonly cells: readonly (string | null)[];
  /** The number that a cell is; NaN for what is none. */
  number(cell: string): number;
  /** What stands before the decimals of its numbers. */
  readonly decimal: Decimal;
}

/** A table as it was written. */
export interface CellTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly CellColumn[];
  /** Where a row stands in its file, for messages: `line 3`. */
  place(row: number): string;
  readonly notes: readonly string[];
}

/**
 * The cells of a CSV.
 *
 * @throws as `parseCsvText`; `E_FORMAT` for two columns of one name, and for rows that another character cuts.
 */
export function cellsOfCsv(
  name: string,
  bytes: Uint8Array,
  { dialect, maxCells }: { dialect: Dialect; maxCells: number },
): CellTable {
  const { columns, cells, lines, rows, decimal, delimiter, notes } = parseCsvText(bytes, {
    ...{ ...dialect, maxCells },
  });
  checkCut(cells, delimiter);
  const number = (cell: string) => readCsvNumber(cell, decimal);
  const missing = (cell: string) => (isMissingCell(cell) && !INFINITE.test(cell) ? null : cell.trim());
  return {
    ...{ name, rows, notes, place: (row) => `line ${lines[row]}` },
    columns: withNames(
      columns,
      cells.map((column) => ({ cells: column.map(missing), number, decimal })),
    ),
  };
}

const DELIMITERS = [';', '\t', '|', ','];

/** A table that another character cuts, as often in each row, is cut by that. */
function checkCut([only = [], ...others]: readonly (readonly string[])[], delimiter: string): void {
  const [first, ...rest] = only;
  if (others.length > 0 || first === undefined) return;
  const counts = (cell: string, character: string) => cell.split(character).length;
  const better = DELIMITERS.find(
    (one) =>
      one !== delimiter &&
      counts(first, one) > 1 &&
      rest.every((cell) => counts(cell, one) === counts(first, one)),
  );
  if (better === undefined) return;
  const shown = better === '\t' ? 'tab' : `'${better}'`;
  throw new LatentkitError(
    'E_FORMAT',
    `each of its rows is one cell, as ${JSON.stringify(shorten(first))}, where ${JSON.stringify(delimiter)} stands between cells`,
    { fix: `Say what does: delimiter: '${better === '\t' ? '\\t' : better}', --delimiter ${shown}` },
  );
}

/**
 * The cells of a Parquet table.
 *
 * @throws `E_FORMAT` for columns of lists, records or bytes.
 */
export function cellsOfParquet(name: string, { rows, columns }: ParquetTable): CellTable {
  const found = columns.map(({ name: column, values }) => ({
    number: finite,
    decimal: '.' as const,
    cells: values.map((value) => textOf(column, value)),
  }));
  const names = columns.map((column) => column.name);
  return { name, rows, notes: [], place: (row) => `row ${row}`, columns: withNames(names, found) };
}

/** The number that a text of Parquet's numbers is. */
function finite(text: string): number {
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

function textOf(column: string, value: unknown): string | null {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return null;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number' || typeof value === 'string') return String(value).trim();
  throw new LatentkitError(
    'E_FORMAT',
    `its column '${column}' holds ${value instanceof Uint8Array ? 'bytes' : 'lists or records'}, and no numbers or words`,
  );
}

function withNames(
  names: readonly string[] | undefined,
  columns: readonly Omit<CellColumn, 'name'>[],
): CellColumn[] {
  const seen = new Set<string>();
  return columns.map((column, i) => {
    const name = names ? names[i]!.trim() : `column ${i + 1}`;
    if (seen.has(name))
      throw new LatentkitError('E_FORMAT', `two columns are called ${JSON.stringify(name)}`, {
        fix: 'Give each a name of its own.',
      });
    seen.add(name);
    return { ...column, name };
  });
}
