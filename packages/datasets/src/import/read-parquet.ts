import { LatentkitError } from '@latentkit/core';
import type { ParquetTable, ParquetValues } from '@latentkit/formats/parse-parquet';
import { type ClassLabels, classesOfTexts } from '../class-labels.ts';
import { partOfName } from './gather-arrays.ts';
import type { SkippedFile } from './import-report.ts';
import { type ImageTable, LABEL_NAME } from './read-table.ts';
import { recognizeFile } from './recognize-file.ts';
import type { ImportLimits, LeafFile } from './unpack-files.ts';

/** Pictures in the rows of a table, their classes by their names. */
export interface TableImages {
  readonly images: readonly LeafFile[];
  /** Missing where no column has classes. */
  readonly classes?: ReadonlyMap<string, string>;
  readonly skipped: readonly SkippedFile[];
  readonly notes: readonly string[];
}

interface ParquetOptions {
  limits: ImportLimits;
  labelColumn: string | number | undefined;
}

/**
 * What a Parquet table holds: pictures, `image: { bytes, path }` as Hugging Face's datasets have them or bytes alone; or else an image a
 * row as numbers, a column each or lists of one length. Classes by the names that the table says.
 *
 * @throws as `parseParquet`; `E_UNKNOWN_NAME` for a column that is not there; `E_FORMAT` where no column has numbers.
 * @see https://huggingface.co/docs/datasets/image_dataset
 */
export async function readParquet(
  file: LeafFile,
  options: ParquetOptions,
): Promise<TableImages | ImageTable> {
  // Loaded when the first such file comes: it is as large as all other readers together.
  const { parseParquet } = await import('@latentkit/formats/parse-parquet');
  const { limits } = options;
  const table = await parseParquet(file.bytes, {
    maxElements: limits.numbers,
    maxBytes: limits.unpackedBytes,
  });
  const pictures = table.columns.find(({ values }) => isPicture(values.find((value) => value !== null)));
  const labels = labelsOf(table, options.labelColumn);
  return pictures ? imagesOf(file.name, pictures, labels) : numbersOf(file.name, table, labels);
}

const bytesOf = (value: unknown): unknown => (value instanceof Uint8Array ? value : Object(value).bytes);

function isPicture(value: unknown): boolean {
  const bytes = bytesOf(value);
  const isStruct = Object(value) === value && 'bytes' in Object(value) && 'path' in Object(value);
  return isStruct || (bytes instanceof Uint8Array && recognizeFile(bytes).what.includes('image'));
}

interface FoundLabels {
  readonly column: string;
  /** A name or a number a row; an empty text for none. */
  readonly texts: readonly string[];
}

function labelsOf(
  { columns, metadata }: ParquetTable,
  wanted: string | number | undefined,
): FoundLabels | undefined {
  const features = featuresOf(metadata);
  const isLabel = (column: string) => features[column]?._type === 'ClassLabel';
  const column =
    typeof wanted === 'number'
      ? columns[wanted]
      : wanted !== undefined
        ? columns.find((one) => one.name === wanted)
        : (columns.find((one) => isLabel(one.name)) ?? columns.find((one) => LABEL_NAME.test(one.name)));
  if (!column) {
    if (wanted === undefined) return undefined;
    throw new LatentkitError('E_UNKNOWN_NAME', `there is no column ${JSON.stringify(wanted)}`, {
      fix: `Its columns: ${columns.map((one) => one.name).join(', ')}`,
    });
  }
  if (
    column.values.some((value) => value !== null && !['number', 'string', 'boolean'].includes(typeof value))
  ) {
    throw new LatentkitError('E_FORMAT', `its column '${column.name}' has no classes, but lists or bytes`);
  }
  const { names } = features[column.name] ?? {};
  const texts = column.values.map((value) =>
    value === null ? '' : typeof value === 'number' && names ? (names[value] ?? '') : String(value),
  );
  return { column: column.name, texts };
}

/** What Hugging Face's datasets say of their columns. */
function featuresOf({
  huggingface,
}: ParquetTable['metadata']): Record<string, { _type?: string; names?: readonly string[] }> {
  try {
    const { info } = JSON.parse(huggingface ?? '{}');
    const entries = Object.entries(Object(Object(info).features)).map(([name, value]) => {
      const { _type, names } = Object(value);
      const areNames = Array.isArray(names) && names.every((one) => typeof one === 'string');
      return [name, { _type, ...(areNames && { names }) }];
    });
    return Object.assign(Object.create(null), Object.fromEntries(entries));
  } catch {
    return Object.create(null); // not ours to judge
  }
}

function imagesOf(
  name: string,
  { values, name: column }: ParquetValues,
  labels: FoundLabels | undefined,
): TableImages {
  const [digits, folder] = [String(values.length).length, `${partOfName(name)}/${name}`];
  const images: LeafFile[] = [];
  const skipped: SkippedFile[] = [];
  const classes = new Map<string, string>();
  for (const [row, value] of values.entries()) {
    const bytes = bytesOf(value);
    const path = `${folder}/${String(row).padStart(digits, '0')}`;
    if (bytes instanceof Uint8Array) images.push({ name: path, bytes, kind: recognizeFile(bytes) });
    else
      skipped.push({
        name: path,
        why: `its '${column}' has no bytes${Object(value).path ? ', only a path' : ''}`,
      });
    if (labels) classes.set(path, labels.texts[row]!);
  }
  const notes = labels ? [`${name}: its column '${labels.column}' has the classes`] : [];
  return { images, skipped, notes, ...(labels && { classes }) };
}

function numbersOf(
  name: string,
  { rows, columns }: ParquetTable,
  labels: FoundLabels | undefined,
): ImageTable {
  const others = columns.filter((column) => column.name !== labels?.column);
  const widths = others.map(({ values }) => widthOf(values));
  const left = others.filter((_, i) => widths[i] === undefined).map((column) => `'${column.name}'`);
  const width = widths.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  if (rows === 0 || width === 0) {
    throw new LatentkitError('E_FORMAT', 'expected columns of numbers without gaps, or of pictures', {
      fix: `Its columns: ${columns.map((one) => one.name).join(', ')}`,
    });
  }
  const data = new Float64Array(rows * width);
  let at = 0;
  for (const [i, { values }] of others.entries()) {
    const own = widths[i];
    if (own === undefined) continue;
    for (let row = 0; row < rows; row++) {
      const value = values[row];
      if (Array.isArray(value)) data.set(value as number[], row * width + at);
      else data[row * width + at] = Number(value);
    }
    at += own;
  }
  const notes =
    left.length > 0 ? [`${name}: what is no number in every row is left out: ${left.join(', ')}`] : [];
  const found: ClassLabels | undefined = labels && classesOfTexts(labels.texts);
  return { pixels: { name, shape: [rows, width], data }, notes, ...(found && { labels: found }) };
}

/** How many numbers a cell of a column has; undefined where some are missing, or no numbers. */
function widthOf(values: readonly unknown[]): number | undefined {
  const [first] = values;
  const isNumber = (value: unknown) => Number.isFinite(value) || typeof value === 'boolean';
  if (!Array.isArray(first)) return values.every(isNumber) ? 1 : undefined;
  const isList = (value: unknown) =>
    Array.isArray(value) && value.length === first.length && value.every(isNumber);
  return first.length > 0 && values.every(isList) ? first.length : undefined;
}
