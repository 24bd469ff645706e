import { LatentkitError, sizeOfShape } from '@latentkit/core';
import { type ClassLabels, classesOfTexts } from '@latentkit/datasets';
import { readParquetNumbers, recognizeFile } from '@latentkit/datasets/import';
import {
  type CsvTable,
  isMissingCell,
  type NumberArray,
  parseCsv,
  parseCsvText,
  parseNpy,
  readCsvNumber,
} from '@latentkit/formats';
import { narrowPoints, type Points, standardizePoints } from '@latentkit/projections';
import type { FirstColumn, Vectors } from './map-messages.ts';
import type { LookCalls } from './messages.ts';

/** Columns of a table that are classes, and no numbers to compare by. */
const CLASS_COLUMNS = ['label', 'class', 'target', 'species', 'category'];
/** A column of more words has more of them than colours can tell apart. */
const MOST_CLASSES = 10;
/** An array that is larger is not for a page. */
const MOST_BYTES = 2 ** 29;

/**
 * Vectors of a `.npy` array, whose first axis counts them, or of a CSV or Parquet table with a row each (of Parquet, lists of one length are
 * as many columns); a column that is called as classes are, gives the classes.
 *
 * @throws `E_FORMAT` for another file, or a damaged one; `E_SHAPE` for an array without vectors; `E_NOT_FINITE` for gaps; `E_LIMIT`.
 */
export async function readVectors({
  file: { name, file, whyNot = 'the browser gave no file' },
  isStandardized,
}: Parameters<LookCalls['vectors']>[0]): Promise<Vectors> {
  if (!file) throw new LatentkitError('E_IO', `${name} cannot be read: ${whyNot}`);
  if (file.size > MOST_BYTES) {
    throw new LatentkitError('E_LIMIT', `${name} has ${file.size} bytes, expected at most ${MOST_BYTES}`);
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isParquet = recognizeFile(bytes).type === 'parquet';
  const table = isParquet ? await readColumns(name, bytes) : readTable(bytes);
  const { classes, notes = [], shape, data } = table;
  const [count = 0, ...rest] = shape;
  const dimensions = sizeOfShape(rest);
  if (count < 1 || (shape.length > 1 && dimensions < 1)) {
    throw new LatentkitError('E_SHAPE', `${name} has no ${count < 1 ? 'rows' : 'columns of numbers'}`);
  }
  if (shape.length < 2) {
    throw new LatentkitError(
      'E_SHAPE',
      `${name}: expected vectors, an array of [count, dimensions], got the shape [${shape.join(', ')}]`,
    );
  }
  return {
    points: toPoints({ data, count, dimensions }, isStandardized),
    ...(classes && { labels: classes.labels }),
    ...(classes?.names && { classNames: classes.names }),
    first: firstColumns(table, dimensions),
    notes,
  };
}

interface Table {
  readonly shape: readonly number[];
  readonly data: NumberArray;
  /** Those of numbers, if the file names them. */
  readonly columns?: readonly string[] | undefined;
  /** A column of words that is neither numbers nor classes. */
  readonly words?: { readonly name: string; readonly cells: readonly string[] } | undefined;
  readonly notes?: readonly string[];
  readonly classes?: ClassLabels | undefined;
}

/** So many columns are shown of a row. */
const FIRST = 4;

function firstColumns({ data, shape, columns, words }: Table, dimensions: number): FirstColumn[] {
  const count = shape[0]!;
  const ofNumbers = Array.from({ length: Math.min(dimensions, FIRST - (words ? 1 : 0)) }, (_, column) => ({
    name: columns?.[column] ?? `column ${column + 1}`,
    values: Float32Array.from({ length: count }, (_, row) => data[row * dimensions + column]!),
  }));
  if (!words) return ofNumbers;
  const lines = words.cells.map((cell) => cell.replace(/\s+/g, ' ')).join('\n');
  return [{ name: words.name, values: lines }, ...ofNumbers];
}

/** What reads Parquet is loaded when the first such table comes. */
async function readColumns(name: string, bytes: Uint8Array): Promise<Table> {
  const all = await columnsOf(bytes);
  const labelColumn = all.find(isClassColumn);
  const { pixels, notes, labels } = await readParquetNumbers(
    { name, bytes },
    labelColumn === undefined ? {} : { labelColumn },
  );
  const others = all.filter((column) => column !== labelColumn);
  // Lists are several columns of one name, and words are none.
  const columns = others.length === pixels.shape[1] ? others : undefined;
  return { ...pixels, columns, notes, classes: labels };
}

/** Of one that is damaged none: who reads it says what is wrong. */
async function columnsOf(bytes: Uint8Array): Promise<readonly string[]> {
  const { parseParquetColumns } = await import('@latentkit/formats/parse-parquet');
  try {
    return parseParquetColumns(bytes).map(({ name }) => name);
  } catch {
    return [];
  }
}

function readTable(bytes: Uint8Array<ArrayBuffer>): Table {
  if (recognizeFile(bytes).type === 'npy') return parseNpy(bytes);
  const { texts, ...table } = readCsv(bytes);
  return { ...table, classes: texts && classesOfTexts(texts) };
}

function readCsv(bytes: Uint8Array<ArrayBuffer>): CsvTable & Pick<Table, 'words'> {
  let table: CsvTable;
  try {
    table = parseCsv(bytes);
  } catch (error) {
    return readAmongWords(bytes) ?? raise(error);
  }
  const textColumn = table.columns?.find(isClassColumn);
  return textColumn === undefined ? table : parseCsv(bytes, { textColumn });
}

/** The numbers of a table whose other columns hold words, one of which gives the classes; undefined where none does. */
function readAmongWords(bytes: Uint8Array<ArrayBuffer>): (CsvTable & Pick<Table, 'words'>) | undefined {
  const { columns, cells, decimal } = parseCsvText(bytes);
  if (!columns) return undefined;
  const isWord = (cell: string) => !isMissingCell(cell) && Number.isNaN(readCsvNumber(cell, decimal));
  const isOfWords = (column: readonly string[]) =>
    2 * column.filter(isWord).length > column.filter((cell) => !isMissingCell(cell)).length;
  const words = [...cells.keys()].filter((at) => isOfWords(cells[at]!));
  const classes =
    [...columns.keys()].find((at) => isClassColumn(columns[at]!)) ??
    words.find((at) => new Set(cells[at]).size <= MOST_CLASSES);
  const leaveOut = words.filter((at) => at !== classes);
  if (words.length === cells.length || (leaveOut.length === 0 && classes === undefined)) return undefined;
  const table = parseCsv(bytes, { leaveOut, ...(classes !== undefined && { textColumn: classes }) });
  const names = (places: readonly number[]) => places.map((at) => `'${columns[at]}'`).join(', ');
  const notes = [
    ...(classes === undefined ? [] : [`Colours are those of ${names([classes])}.`]),
    ...(leaveOut.length === 0 ? [] : [`Words are left out: ${names(leaveOut)}.`]),
  ];
  const [out] = leaveOut;
  return {
    ...table,
    ...(out !== undefined && { words: { name: columns[out]!, cells: cells[out]! } }),
    notes: [...(table.notes ?? []), ...notes],
  };
}

function raise(error: unknown): never {
  throw error;
}

const isClassColumn = (name: string) => CLASS_COLUMNS.includes(name.toLowerCase());

function toPoints(
  { data, ...size }: { data: NumberArray; count: number; dimensions: number },
  isStandardized: boolean,
): Points {
  if (isStandardized) return standardizePoints({ data: Float64Array.from(data), ...size });
  if (data instanceof Float64Array) return narrowPoints({ data, ...size });
  return { data: Float32Array.from(data), ...size };
}
