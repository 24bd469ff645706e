import { LatentkitError } from '@latentkit/core';
import { type TableColumn, tableLayout } from '@latentkit/core/table';
import { type MissingPolicy, shown } from './choose-columns.ts';
import type { CellColumn, CellTable } from './table-cells.ts';

/**
 * The rows of a table as numbers, `[rows, width]`, and which rows they are: numbers standardised, one of two values 0 or 1, one of
 * several as many numbers, one of them 1.
 *
 * @throws `E_FORMAT` for a missing cell or a word among numbers, and for a value that its column did not have, naming row and column;
 * `E_UNKNOWN_NAME` for a column that is not there.
 */
export function encodeTable(
  table: CellTable,
  columns: readonly TableColumn[],
  missing: MissingPolicy,
): { data: Float32Array<ArrayBuffer>; kept: number[]; width: number } {
  const sources = columns.map((column) => sourceOf(table, column.name));
  const kept: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    const gap = sources.findIndex(({ cells }) => cells[row] === null);
    if (gap < 0 || missing === 'mean') kept.push(row);
    else if (missing === 'error') throw missingCell(table, row, columns[gap]!.name);
  }
  const { width, starts } = tableLayout(columns);
  const data = new Float32Array(kept.length * width);
  for (const [i, column] of columns.entries()) {
    const { cells, number } = sources[i]!;
    const places =
      column.type === 'gaussian' ? undefined : new Map(column.values.map((value, at) => [value, at]));
    for (const [at, row] of kept.entries()) {
      const cell = cells[row]!;
      const to = at * width + starts[i]!;
      if (column.type === 'gaussian') {
        const value = cell === null ? column.mean : number(cell);
        if (!Number.isFinite(value)) throw wrongCell(table, row, column.name, cell, 'a finite number');
        data[to] = (value - column.mean) / column.deviation;
        if (!Number.isFinite(data[to])) {
          throw wrongCell(
            table,
            row,
            column.name,
            cell,
            `a number not too far from ${column.mean} for float32`,
          );
        }
        continue;
      }
      const place = places!.get(cell ?? '');
      if (place === undefined)
        throw wrongCell(
          table,
          row,
          column.name,
          cell,
          `one of ${column.values.slice(0, 6).join(', ')}${column.values.length > 6 ? ', ...' : ''}`,
          'A model knows the words that it was trained on: take such rows out, or train anew with them',
        );
      if (column.type === 'bernoulli') data[to] = place;
      else data[to + place] = 1;
    }
  }
  return { data, kept, width };
}

function sourceOf(table: CellTable, name: string): CellColumn {
  const found = table.columns.find((column) => column.name === name);
  if (found) return found;
  throw new LatentkitError('E_UNKNOWN_NAME', `there is no column ${shown(name)}, which the model reads`, {
    fix: `Its columns: ${table.columns.map((column) => column.name).join(', ')}`,
  });
}

function missingCell(table: CellTable, row: number, name: string): LatentkitError {
  return new LatentkitError('E_FORMAT', `${table.place(row)}, column ${shown(name)}: a value is missing`, {
    fix: "Leave such rows out (missing: 'drop', --missing drop), or take the column's mean, and a category of their own (mean)",
  });
}

function wrongCell(
  table: CellTable,
  row: number,
  name: string,
  cell: string | null,
  expected: string,
  fix?: string,
): LatentkitError {
  return new LatentkitError(
    'E_FORMAT',
    `${table.place(row)}, column ${shown(name)}: expected ${expected}, got ${cell === null ? 'nothing' : shown(cell)}`,
    fix === undefined ? {} : { fix },
  );
}
