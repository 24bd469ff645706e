import { type ImageSet, LatentkitError } from '@latentkit/core';
import type { TableColumn } from '@latentkit/core/table';
import { type ClassLabels, classesOfTexts } from '../class-labels.ts';
import { toLabels } from '../from-arrays.ts';
import { type ImportedParts, partOfName } from '../import/gather-arrays.ts';
import type { Part } from '../import/read-folders.ts';
import { type Dialect, LABEL_NAME } from '../import/read-table.ts';
import { type ImportLimits, type LeafFile, tell } from '../import/unpack-files.ts';
import {
  type ColumnUse,
  chooseColumns,
  listOf,
  type MissingPolicy,
  momentsOf,
  shown,
} from './choose-columns.ts';
import { encodeTable } from './encode-table.ts';
import type { TableFit } from './fit-to-training.ts';
import { type CellTable, cellsOfCsv, cellsOfParquet } from './table-cells.ts';

/** How tables become rows of numbers. */
export interface TableReading {
  labelColumn: string | number | undefined;
  uses: Readonly<Record<string, ColumnUse>>;
  missing: MissingPolicy;
  /** As a model reads them; by default what the rows to learn from say. */
  columns: readonly TableColumn[] | undefined;
  dialect: Dialect;
  limits: ImportLimits;
}

const MOST_GUESSED_CLASSES = 100;

/**
 * The rows of tables, as numbers: what each column is, is found by the part to learn from, and holds for the others.
 *
 * @throws `E_FORMAT` for two tables of one part, and where none is to learn from; what reading them throws.
 */
export async function gatherTables(
  files: readonly LeafFile[],
  reading: TableReading,
): Promise<{
  parts: ImportedParts;
  columns: readonly TableColumn[];
  table: TableFit;
  rows?: Partial<Record<Part, readonly number[]>>;
  classNames?: readonly string[];
  notes: string[];
}> {
  const tables = new Map<Part, CellTable>();
  for (const file of files) {
    const part = partOfName(file.name);
    const other = tables.get(part);
    if (other) {
      throw new LatentkitError(
        'E_FORMAT',
        `importFiles: ${other.name} and ${file.name} are both tables of one part`,
        {
          fix: 'Take one of them, or call them train.csv and test.csv.',
        },
      );
    }
    const table = await tell(file.name, () => readCells(file, reading));
    if (table.rows === 0) throw new LatentkitError('E_FORMAT', `${file.name}: it has no rows`);
    tables.set(part, table);
  }
  const [only] = tables.keys();
  const main = tables.size === 1 ? only! : 'train';
  const first = tables.get(main);
  if (!first)
    throw new LatentkitError('E_FORMAT', "importFiles: there is no table to learn from: call it 'train'");
  const notes = [...tables.values()].flatMap((table) => table.notes.map((note) => `${table.name}: ${note}`));
  const labelName = await tell(first.name, () => findLabels(first, reading, notes));
  const skip = new Set(labelName === undefined ? [] : [labelName]);
  const chosen = reading.columns
    ? { columns: reading.columns, notes: [] }
    : await tell(first.name, () => chooseColumns(first, skip, reading));
  const { columns } = chosen;
  notes.push(...chosen.notes.map((note) => `${first.name}: ${note}`));
  if (!reading.columns) notes.push(`${first.name}: ${describeColumns(columns)}`);
  const found = new Map<Part, EncodedRows>();
  const partOf = (part: Part) => (part === main ? 'train' : part);
  for (const [part, table] of tables) {
    const rows = await tell(table.name, () => encodeRows(table, columns, labelName, reading));
    const left = table.rows - rows.set.count;
    if (left > 0) notes.push(`${table.name}: ${left} of ${table.rows} rows lack a value and are left out`);
    else if (reading.missing === 'mean') notes.push(...fillingsOf(table, columns));
    found.set(partOf(part), rows);
  }
  const classes =
    labelName === undefined
      ? undefined
      : classesOfTexts([...found.values()].flatMap(({ texts = [] }) => texts));
  let at = 0;
  const parts = Object.fromEntries(
    Array.from(found, ([part, { set }]) => {
      const labels = labelsOf(classes, at, at + set.count);
      at += set.count;
      return [part, { ...set, ...labels }];
    }),
  );
  const kept = (of: CellTable, by: readonly TableColumn[]) => encodeTable(of, by, reading.missing);
  const table: TableFit = {
    fit: (rows) => (reading.columns ? columns : fitColumns(first, columns, kept(first, columns).kept, rows)),
    encode: (by) =>
      Object.fromEntries(Array.from(tables, ([part, cells]) => [partOf(part), kept(cells, by).data])),
  };
  return {
    ...{ parts: parts as ImportedParts, columns, table, notes },
    ...(Array.from(tables.values()).some(({ rows }, i) => rows > [...found.values()][i]!.kept.length) && {
      rows: Object.fromEntries(Array.from(found, ([part, { kept }]) => [part, kept])),
    }),
    ...(classes?.names && { classNames: classes.names }),
  };
}

/** Columns whose means and deviations are those of some rows; of one value in all of these, they stay as they are. */
function fitColumns(
  table: CellTable,
  columns: readonly TableColumn[],
  kept: readonly number[],
  rows: ArrayLike<number>,
): readonly TableColumn[] {
  if (rows.length === kept.length) return columns;
  return columns.map((column) => {
    if (column.type !== 'gaussian') return column;
    const { cells, number } = table.columns.find(({ name }) => name === column.name)!;
    const values = Array.from(rows, (row) => cells[kept[row]!]!).flatMap((cell) =>
      cell === null ? [] : number(cell),
    );
    const moments = momentsOf(values);
    return moments.deviation > 0 ? { ...column, ...moments } : column;
  });
}

async function readCells(
  { name, bytes, kind }: LeafFile,
  { dialect, limits }: TableReading,
): Promise<CellTable> {
  if (kind.type !== 'parquet') return cellsOfCsv(name, bytes, { dialect, maxCells: limits.numbers });
  const { parseParquet } = await import('@latentkit/formats/parse-parquet');
  return cellsOfParquet(
    name,
    await parseParquet(bytes, { maxElements: limits.numbers, maxBytes: limits.unpackedBytes }),
  );
}

/** The name of the column of the classes; a guess is told. */
function findLabels(
  { name, columns }: CellTable,
  { labelColumn, uses }: TableReading,
  notes: string[],
): string | undefined {
  if (labelColumn !== undefined) {
    const column =
      typeof labelColumn === 'number'
        ? columns[labelColumn]
        : columns.find((one) => one.name === labelColumn);
    if (column) return column.name;
    throw new LatentkitError('E_UNKNOWN_NAME', `there is no column ${JSON.stringify(labelColumn)}`, {
      fix: `Its columns: ${columns.map((one) => one.name).join(', ')}`,
    });
  }
  const found = columns.find((column) => LABEL_NAME.test(column.name) && !Object.hasOwn(uses, column.name));
  if (!found) return undefined;
  const values = [...new Set(found.cells)].filter((cell) => cell !== null);
  const numbers = values.map((cell) => found.number(cell));
  const areClasses = numbers.every(Number.isInteger) || numbers.every(Number.isNaN);
  const repeat = values.length < found.cells.length;
  if (values.length < 2 || values.length > MOST_GUESSED_CLASSES || !areClasses || !repeat) return undefined;
  notes.push(`${name}: its column ${shown(found.name)} is read as the classes, which the model is not told`);
  return found.name;
}

/** Rows as numbers, which rows of their file they are, and their classes. */
interface EncodedRows {
  readonly set: ImageSet;
  readonly kept: readonly number[];
  readonly texts?: readonly string[];
}

function encodeRows(
  table: CellTable,
  columns: readonly TableColumn[],
  labelName: string | undefined,
  { missing, limits }: TableReading,
): EncodedRows {
  const { data, kept, width } = encodeTable(table, columns, missing);
  if (data.length > limits.numbers) {
    throw new LatentkitError(
      'E_LIMIT',
      `its rows come to more than ${limits.numbers} numbers (limits.numbers)`,
    );
  }
  if (kept.length === 0)
    throw new LatentkitError('E_FORMAT', 'there is no row that has a value in every column');
  const labels = table.columns.find((column) => column.name === labelName)?.cells;
  return {
    set: { shape: { height: 1, width, channels: 1 }, count: kept.length, images: data },
    kept,
    ...(labels && { texts: kept.map((row) => labels[row] ?? '') }),
  };
}

function labelsOf(classes: ClassLabels | undefined, start: number, end: number): Pick<ImageSet, 'labels'> {
  if (!classes) return {};
  const labels = classes.labels.subarray(start, end);
  return labels.every((label) => label >= 0) ? { labels: toLabels(labels, { count: end - start }) } : {};
}

/** What stands in the place of missing cells. */
function fillingsOf(table: CellTable, columns: readonly TableColumn[]): string[] {
  const filled = (isNumber: boolean) =>
    columns.flatMap(({ name, type }) => {
      const { cells } = table.columns.find((column) => column.name === name)!;
      const count = cells.filter((cell) => cell === null).length;
      return count > 0 && (type === 'gaussian') === isNumber ? [`${name} ${count}`] : [];
    });
  const [numbers, words] = [filled(true), filled(false)];
  return [
    ...(numbers.length > 0 ? [`missing cells are their column's mean (${listOf(numbers)})`] : []),
    ...(words.length > 0 ? [`missing words are a category of their own (${listOf(words)})`] : []),
  ].map((note) => `${table.name}: ${note}`);
}

const KINDS = { gaussian: 'of numbers', bernoulli: 'of two values', categorical: 'of several values' };

function describeColumns(columns: readonly TableColumn[]): string {
  const kinds = Object.entries(KINDS).flatMap(([type, words]) => {
    const names = columns.flatMap((column) => (column.type === type ? column.name : []));
    return names.length > 0 ? [`${names.length} ${words} (${listOf(names)})`] : [];
  });
  return `its columns are ${kinds.join(', ')}`;
}
