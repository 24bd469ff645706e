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
const MOST_DECIMALS = 100; // that toFixed writes
const DIGITS = 15; // that every number of float64 keeps
const FEW_ROWS = 20; // in which all values may differ by chance
const NUMBERING = /^(?:Unnamed: 0|__index_level_0__)?$/; // as pandas writes its index
const ID = /(?:^|[\s_.-])(?:id|idx|index|row_?(?:id|number))$/i;
const CAMEL_ID = /[a-z]I[dD]$/;
const LEADING_ZERO = /^[+-]?0\d+$/;
const DATE = /^(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{2,4})(?:[ T].*)?$/;
const COMMA_NUMBER = /^[+-]?\d+,\d+$/;
const MARKED_NUMBER = /^[-+(]?\s*[$€£¥]?\s*[-+]?(?:\d{1,3}(?:[.,'’\s]\d{3})*|\d+)(?:[.,]\d+)?\s*[%$€£¥]?\)?$/;

/**
 * How each column is read: as numbers where all its cells are such, as one of two or of several values where they are words, or
 * numbers of two values; a column of one value, and one that numbers the rows, are left out and told. Digits with leading zeros are
 * words: codes, of which numbers would lose a part. Words that look like numbers or dates are told.
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
      const orNot = name === '' ? '' : `: if it measures something, ${sayUse(name, 'number')}`;
      notes.push(`its column ${shown(name)} numbers the rows and is left out${orNot}`);
      return [];
    }
    const found = chooseColumn(table, column, use, missing);
    if (found && use === undefined) notes.push(...doubtsOf(column, found));
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
  const rows = table.rows === 1 ? '1 row' : `${table.rows} rows`;
  throw new LatentkitError(
    'E_FORMAT',
    constant.length === 0
      ? 'no column of it says anything that a model could learn: each is left out, or numbers the rows'
      : `no column of it says anything that a model could learn: each has one value, in ${rows}`,
    {
      fix:
        constant.length === 0
          ? 'Leave fewer columns out, or say what one measures (uses, --columns NAME=number)'
          : 'Give more rows, or other ones',
    },
  );
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
      fix: `Leave it out: ${sayUse(name, 'ignore')}`,
    });
  }
  const numbers = cells.map((cell) => column.number(cell));
  const count = numbers.filter((value) => !Number.isNaN(value)).length;
  const values = new Set(cells);
  const areCodes = count === cells.length && cells.some((cell) => LEADING_ZERO.test(cell));
  const isNumber =
    use === 'number' || (use === undefined && count >= MOSTLY * cells.length && values.size > 2 && !areCodes);
  if (isNumber) {
    if (count < cells.length) throw wordAmongNumbers(table, column);
    const moments = momentsOf(numbers);
    return moments.deviation > 0
      ? { type: 'gaussian', name, ...moments, ...writingOf(numbers, column) }
      : undefined;
  }
  if (missing === 'mean' && cells.length < column.cells.length) values.add('');
  if (values.size === 1) return undefined;
  if (values.size > MOST_CATEGORIES) {
    throw new LatentkitError(
      'E_RANGE',
      `its column ${shown(name)} has ${values.size} different words, more than ${MOST_CATEGORIES}`,
      { fix: [whyWords(column), `Leave it out: ${sayUse(name, 'ignore')}`].filter(Boolean).join('. ') },
    );
  }
  const areNumbers = count === cells.length;
  const sorted = [...values].sort((a, b) => {
    const difference = areNumbers ? column.number(a) - column.number(b) : 0;
    return difference || (a < b ? -1 : 1);
  });
  return { type: sorted.length === 2 ? 'bernoulli' : 'categorical', name, values: sorted };
}

/**
 * Of a column of numbers: its mean, and the deviation as of a population. Where their squares leave the range of float64, numbers are
 * taken as shares of the largest.
 */
export function momentsOf(values: readonly number[]): { mean: number; deviation: number } {
  const found = plainMomentsOf(values);
  if (Number.isFinite(found.mean) && found.deviation > 0 && Number.isFinite(found.deviation)) return found;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return found;
  const { mean, deviation } = plainMomentsOf(values.map((value) => value / largest));
  return { mean: mean * largest, deviation: deviation * largest };
}

function plainMomentsOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

/** How a column's numbers are written: with how many decimals, and what stands before them. */
function writingOf(
  numbers: readonly number[],
  { decimal }: CellColumn,
): { decimals?: number; decimal?: ',' } {
  const decimals = numbers.reduce((most, value) => Math.max(most, decimalsOf(value)), 0);
  return {
    ...(decimals <= MOST_DECIMALS && { decimals }),
    ...(decimal === ',' && decimals > 0 && { decimal }),
  };
}

/** How many decimals a number needs: 1 of 1.50, 0 of 12.0 and 1e3, 7 of 1.5e-6; of no more digits than float64 keeps. */
function decimalsOf(value: number): number {
  const [, fraction = '', exponent = 0] =
    /^[^.e]*(?:\.(\d*))?(?:e(.+))?$/.exec(String(Number(value.toPrecision(DIGITS)))) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}

/** Whole numbers, none twice, in a column that is called so or has no name. */
function isNumbering(column: CellColumn): boolean {
  const { name } = column;
  return (NUMBERING.test(name) || ID.test(name) || CAMEL_ID.test(name)) && areNumbered(column);
}

function areNumbered({ cells, number }: CellColumn): boolean {
  const values = cells.map((cell) => (cell === null ? Number.NaN : number(cell)));
  return values.every(Number.isInteger) && new Set(values).size === values.length;
}

/** What a reader should look at, in what a column was found to be. */
function doubtsOf(column: CellColumn, { type }: TableColumn): string[] {
  const { name, cells } = column;
  const told = cells.filter((cell) => cell !== null);
  const doubts: string[] = [];
  const why = type === 'gaussian' ? undefined : whyWords(column);
  if (why !== undefined) doubts.push(`its column ${shown(name)} is read as words. ${why}`);
  const isEachOther =
    type === 'gaussian' ? areNumbered(column) : type === 'categorical' && new Set(told).size === told.length;
  if (isEachOther && told.length >= FEW_ROWS) {
    const what = type === 'gaussian' ? 'whole number' : 'word';
    doubts.push(
      `its column ${shown(name)} has another ${what} in every row: if it tells rows apart, and says nothing of them, ${sayUse(name, 'ignore')}`,
    );
  }
  return doubts;
}

/** Why cells that might be meant as something else are read as words, and what to do; undefined for plain words. */
function whyWords({ name, cells, number, decimal }: CellColumn): string | undefined {
  const told = cells.filter((cell) => cell !== null);
  const mostAre = (pattern: RegExp) =>
    told.filter((cell) => pattern.test(cell)).length >= MOSTLY * told.length;
  const first = (pattern: RegExp) => shown(told.find((cell) => pattern.test(cell))!);
  if (told.every((cell) => !Number.isNaN(number(cell)))) {
    if (!told.some((cell) => LEADING_ZERO.test(cell))) return undefined;
    return `Digits with leading zeros, as ${first(LEADING_ZERO)}, are codes; if they count something, ${sayUse(name, 'number')}`;
  }
  if (decimal === '.' && mostAre(COMMA_NUMBER)) {
    return `Its decimals stand behind commas, as in ${first(COMMA_NUMBER)}: decimal: ',', --decimal ,`;
  }
  if (mostAre(DATE))
    return `Dates, as ${first(DATE)}, are no numbers: to learn from time, write days or years`;
  if (!mostAre(MARKED_NUMBER)) return undefined;
  return `Numbers are written without signs and marks of thousands, not as ${first(MARKED_NUMBER)}`;
}

/** How to say what a column is, in a program and on a command line. */
function sayUse(name: string, use: ColumnUse): string {
  const flag = `${name}=${use}`;
  const quoted = /^[\w.=-]+$/.test(flag) ? flag : `'${flag.replaceAll("'", "'\\''")}'`;
  return `uses: { ${JSON.stringify(name)}: '${use}' }, --columns ${quoted}`;
}

function wordAmongNumbers(table: CellTable, { name, cells, number }: CellColumn): LatentkitError {
  const row = cells.findIndex((cell) => cell !== null && Number.isNaN(number(cell)));
  return new LatentkitError(
    'E_FORMAT',
    `${table.place(row)}, column ${shown(name)}: expected a finite number, got ${shown(cells[row]!)}`,
    {
      fix: `If it holds words: ${sayUse(name, 'category')}; if nothing was measured there, leave the cell empty (and --missing drop or mean)`,
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
