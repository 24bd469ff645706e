import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { LatentkitError, type NdArray, shorten, sizeOfShape } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  flagRule,
  functionRule,
  type OptionRules,
  pathRule,
} from '@latentkit/core/options';
import { type ClassLabels, classesOfTexts } from '@latentkit/datasets';
import {
  type CsvTable,
  type NumberArray,
  type ParseCsvOptions,
  parseCsv,
  parseNpy,
} from '@latentkit/formats';
import { requireFile } from '@latentkit/formats/node';
import { narrowPoints, type Points, standardizePoints } from '@latentkit/projections';
import { noteFewValued, noteUneven } from './note-columns.ts';

/** How the `.csv` table is to be read, where that is not to be found out. */
export interface ReadTableOptions extends Omit<ParseCsvOptions, 'maxElements'> {
  /** Is told what was guessed about the file and could be otherwise, a sentence each. */
  onNote?: (note: string) => void;
}

export interface ReadVectorsOptions extends ReadTableOptions {
  /** Uses the first so many vectors. */
  most?: number;
  /** Gives each column mean 0 and standard deviation 1 over the vectors that are used. */
  standardize?: boolean;
}

// Of an .npy file as well, which has no use for them: who misspells one is told there, too. parseCsv looks at their values.
const TABLE_RULES: OptionRules<ReadTableOptions> = {
  onNote: functionRule,
  header: anything,
  textColumn: anything,
  leaveOut: anything,
  rowNumbers: anything,
  delimiter: anything,
  decimal: anything,
};
const VECTOR_RULES: OptionRules<ReadVectorsOptions> = {
  ...TABLE_RULES,
  most: anything,
  standardize: flagRule,
};

/** Vectors, and what else their file says. */
export interface FileVectors extends Points {
  /** How many vectors it holds, used or not. */
  readonly rows: number;
  /** The cells of the `textColumn`, one for each of these rows. */
  readonly texts?: readonly string[];
}

/**
 * Vectors of a file: an `.npy` array whose first axis counts them (the others are flattened), or a `.csv` table with a row
 * each and perhaps the columns' names. Numbers of float64 keep their distances, as `narrowPoints` says.
 *
 * @throws `E_NOT_FOUND` when there is no such file; `E_FORMAT` for another ending, or a damaged file; `E_LIMIT` for one too
 * large; `E_SHAPE` for an array without vectors.
 * @example
 * const points = await readVectors('embeddings.npy'); // { data: Float32Array, count, dimensions, rows }
 */
export async function readVectors(path: string, given: ReadVectorsOptions = {}): Promise<FileVectors> {
  checkOptions('readVectors', given, VECTOR_RULES);
  const { most = Number.POSITIVE_INFINITY, standardize = false, ...options } = given;
  const { shape, data, texts, columns } = await readTable(path, options);
  const [rows = 0, ...rest] = shape;
  const dimensions = sizeOfShape(rest);
  if (shape.length < 2 || rows < 1 || dimensions < 1) {
    throw new LatentkitError(
      'E_SHAPE',
      `${path}: expected vectors, an array of [count, dimensions], got the shape [${shape.join(', ')}]`,
    );
  }
  const table = [data, [rows, dimensions], columns] as const;
  const mayHoldClasses = path.toLowerCase().endsWith('.csv') && options.textColumn === undefined;
  const notes = [
    ...(mayHoldClasses ? noteFewValued(...table) : []),
    ...(standardize || shape.length > 2 ? [] : noteUneven(...table)),
  ];
  for (const note of notes) options.onNote?.(`${path}: ${note}`);
  const count = Math.min(rows, most);
  const points = toPoints({ data: data.subarray(0, count * dimensions), count, dimensions }, standardize);
  return { ...points, rows, ...(texts && { texts }) };
}

function toPoints(
  { data, ...size }: { data: NumberArray; count: number; dimensions: number },
  standardize: boolean,
): Points {
  if (standardize) return standardizePoints({ data: Float64Array.from(data), ...size });
  if (data instanceof Float64Array) return narrowPoints({ data, ...size });
  return { data: Float32Array.from(data), ...size };
}

/**
 * Labels of a file: an `.npy` array of one axis, or a `.csv` table of one column; whole numbers from 0, and -1 for none. A
 * `.csv` may hold names as well; its first is the column's where it occurs once only, unless `header` says.
 *
 * @throws as {@link readVectors}; `E_RANGE` for a label that is no class.
 * @example
 * const { labels } = await readLabels('labels.npy');
 */
export async function readLabels(path: string, options: ReadTableOptions = {}): Promise<ClassLabels> {
  checkOptions('readLabels', options, TABLE_RULES);
  checkValue('readLabels', 'path', path, pathRule);
  const texts = path.toLowerCase().endsWith('.csv') ? await readNames(path, options) : undefined;
  if (texts) return classesOfTexts(texts);
  const { shape, data } = await readTable(path, options);
  if (sizeOfShape(shape.slice(1)) !== 1) {
    throw new LatentkitError(
      'E_SHAPE',
      `${path}: expected one label a row, got the shape [${shape.join(', ')}]`,
    );
  }
  const bad = data.findIndex((label) => !Number.isInteger(label) || label < -1 || label >= 2 ** 31);
  if (bad >= 0) {
    throw new LatentkitError(
      'E_RANGE',
      `${path}: label ${bad} is ${data[bad]}, expected a whole number from 0, or -1 for none`,
    );
  }
  return { labels: Int32Array.from(data) };
}

/** A column of names; undefined for any other table. */
async function readNames(
  path: string,
  { onNote, header, ...options }: ReadTableOptions,
): Promise<readonly string[] | undefined> {
  const asText = { ...options, textColumn: 0, header: header ?? false };
  const table = await readTable(path, asText).catch((error: LatentkitError) => {
    if (error.code === 'E_FORMAT') return undefined; // told better by whoever reads numbers
    throw error;
  });
  if (!table) return undefined;
  const { shape, texts = [] } = table;
  const [first = '', ...rest] = texts;
  const isNumber = (text: string) => text.trim() === '' || Number.isFinite(Number(text));
  if (shape[1] !== 0 || rest.every(isNumber)) return undefined;
  if (header !== undefined || rest.includes(first) || new Set(rest).size === rest.length) return texts;
  onNote?.(
    `${path}: line 1 (${shorten(first)}) is read as the name of the column: if it is a class, say so (header: false, or --header no)`,
  );
  return rest;
}

/** The array of a file that ends in `.npy` or `.csv`. */
export async function readTable(
  path: string,
  { onNote, ...options }: ReadTableOptions = {},
): Promise<NdArray<NumberArray> & Pick<CsvTable, 'texts' | 'columns'>> {
  checkValue('read', 'path', path, pathRule);
  const ending = extname(path).toLowerCase();
  if (ending !== '.npy' && ending !== '.csv') {
    throw new LatentkitError('E_FORMAT', `${path}: expected a file that ends in .npy or .csv`);
  }
  await requireFile(path);
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ERR_FS_FILE_TOO_LARGE') {
      throw new LatentkitError('E_LIMIT', `cannot read ${path}: ${cause.message}`, { cause });
    }
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw new LatentkitError('E_NOT_FOUND', `cannot read ${path}: ${reason}`, { cause });
  });
  try {
    if (ending === '.npy') return parseNpy(bytes);
    const table = parseCsv(bytes, options);
    for (const note of table.notes ?? []) onNote?.(`${path}: ${note}`);
    return table;
  } catch (cause) {
    if (!(cause instanceof LatentkitError)) throw cause;
    throw new LatentkitError(cause.code, `${path}: ${cause.message}`, { cause });
  }
}
