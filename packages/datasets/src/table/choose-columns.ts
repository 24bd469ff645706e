import { LatentkitError, shorten } from '@latentkit/core';
import type { TableColumn } from '@latentkit/core/table';
import type { CellColumn, CellTable } from './table-cells.ts';

/** How a column is read, where its cells do not say. */
export type ColumnUse = 'number' | 'category' | 'ignore';

/** What becomes of missing cells: all is refused; their rows are left out; or they are their column's mean, or a category of their own. */
export type MissingPolicy = 'error' | 'drop' | 'mean';

export interface ColumnChoices {
  uses: Readonly<Record<string, ColumnUse>>;
  missing: MissingPolicy;
}

const MOST_CATEGORIES = 100;
const MOSTLY = 0.9; // so many numbers make a column of numbers, in which a word is a mistake

/**
 * How each column is read: as numbers where all its cells are such, as one of two or of several values where they are words, or
 * numbers of two values; a column of one value, and one that numbers the rows, are left out and told.
 *
 * Means and deviations are over the rows that are there, the deviation as of a population: `sqrt(mean((x - mean)^2))`.
 *
 * @throws `E_FORMAT` for a word among numbers, naming row and column; `E_RANGE` for words of too many kinds; `E_UNKNOWN_NAME` for
 * a use of a column that there is not.
 */
export function chooseColumns(
  table: CellTable,
  skip: ReadonlySet<string>,
  { uses, missing }: ColumnChoices,
): { columns: TableColumn[]; notes: string[] } {
  for (const name of Object.keys(uses)) {
    if (!table.columns.some((column) => column.name === name)) throw unknownColumn(name, table);
  }
  const notes: string[] = [];
  const constant: string[] = [];
  const columns = table.columns.flatMap((column): TableColumn[] => {
    const { name } = column;
    const use = Object.hasOwn(uses, name) ? uses[name] : undefined; // a column may be called 'constructor'
    if (skip.has(name) || use === 'ignore') return [];
    if (use === undefined && isNumbering(column)) {
      notes.push(`its column ${shown(name)} numbers the rows and is left out`);
      return [];
    }
    const found = chooseColumn(table, column, use, missing);
    if (found) return [found];
    constant.push(shown(name));
    return [];
  });
  if (constant.length === 1)
    notes.push(`its column ${constant[0]} has one value in all rows and is left out`);
  else if (constant.length > 1) {
    notes.push(
      `${constant.length} of its columns have one value in all rows and are left out: ${listOf(constant)}`,
    );
  }
  if (columns.length > 0) return { columns, notes };
  throw new LatentkitError('E_FORMAT', 'no column of it says anything that a model could learn');
}

function chooseColumn(
  table: CellTable,
  column: CellColumn,
  use: ColumnUse | undefined,
  missing: MissingPolicy,
): TableColumn | undefined {
  const { name } = column;
  const cells = column.cells.filter((cell) => cell !== null);
  if (cells.length === 0) {
    throw new LatentkitError('E_FORMAT', `its column ${shown(name)} has no value in any row`, {
      fix: `Leave it out: columns: { ${JSON.stringify(name)}: 'ignore' }, --columns ${name}=ignore`,
    });
  }
  const numbers = cells.map((cell) => column.number(cell));
  const count = numbers.filter((value) => !Number.isNaN(value)).length;
  const values = new Set(cells);
  const isNumber =
    use === 'number' || (use === undefined && count >= MOSTLY * cells.length && values.size > 2);
  if (isNumber) {
    if (count < cells.length) throw wordAmongNumbers(table, column);
    return values.size === 1 ? undefined : { type: 'gaussian', name, ...momentsOf(numbers) };
  }
  if (missing === 'mean' && cells.length < column.cells.length) values.add('');
  if (values.size === 1) return undefined;
  if (values.size > MOST_CATEGORIES) {
    throw new LatentkitError(
      'E_RANGE',
      `its column ${shown(name)} has ${values.size} different words, more than ${MOST_CATEGORIES}`,
      {
        fix: `Leave it out: columns: { ${JSON.stringify(name)}: 'ignore' }, --columns ${name}=ignore`,
      },
    );
  }
  const areNumbers = count === cells.length;
  const sorted = [...values].sort((a, b) =>
    areNumbers ? column.number(a) - column.number(b) : a < b ? -1 : 1,
  );
  return { type: sorted.length === 2 ? 'bernoulli' : 'categorical', name, values: sorted };
}

/** Of a column of numbers: its mean, and the deviation as of a population. */
export function momentsOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

/** As pandas writes its index: a first column without a name, no whole number twice. */
function isNumbering({ name, cells, number }: CellColumn): boolean {
  if (!/^(?:Unnamed: 0|__index_level_0__)?$/.test(name)) return false;
  const values = cells.map((cell) => (cell === null ? Number.NaN : number(cell)));
  return values.every(Number.isInteger) && new Set(values).size === values.length;
}

function wordAmongNumbers(table: CellTable, { name, cells, number }: CellColumn): LatentkitError {
  const row = cells.findIndex((cell) => cell !== null && Number.isNaN(number(cell)));
  return new LatentkitError(
    'E_FORMAT',
    `${table.place(row)}, column ${shown(name)}: expected a finite number, got ${shown(cells[row]!)}`,
    {
      fix: `If it holds words: columns: { ${JSON.stringify(name)}: 'category' }, --columns ${name}=category`,
    },
  );
}

function unknownColumn(name: string, { columns }: CellTable): LatentkitError {
  return new LatentkitError('E_UNKNOWN_NAME', `there is no column ${shown(name)}`, {
    fix: `Its columns: ${columns.map((column) => shorten(column.name)).join(', ')}`,
  });
}

/** The first names of a list, and how many more there are. */
export function listOf(names: readonly string[]): string {
  return names.length > 4
    ? `${names.slice(0, 3).join(', ')}, and ${names.length - 3} more`
    : names.join(', ');
}

export const shown = (text: string): string => JSON.stringify(shorten(text));
