import { LatentkitError } from '@latentkit/core';
import { checkOptions, type OptionRules, whole } from '@latentkit/core/options';
import {
  type Compressors,
  type FileMetaData,
  parquetMetadata,
  parquetRead,
  parquetSchema,
  type SchemaElement,
  type SchemaTree,
} from 'hyparquet';
import { asBytes } from '../arrays/as-bytes.ts';
import { MAX_ELEMENTS, MAX_PARQUET_RATIO, MAX_ZIP_BYTES } from '../limits.ts';
import { checkPages } from './check-pages.ts';
import { unpackSnappy } from './unpack-snappy.ts';

export interface ParseParquetOptions {
  /** Most values to make room for, those of all columns together. */
  maxElements?: number;
  /** Most bytes that its pages may unpack to. */
  maxBytes?: number;
}

/** A column at the top of a table's schema: numbers, truth values, text, bytes, lists or records of such; null for what is missing. */
export interface ParquetValues {
  readonly name: string;
  readonly values: readonly unknown[];
}

export interface ParquetTable {
  readonly rows: number;
  readonly columns: readonly ParquetValues[];
  /** What its writer says beside the table, such as pandas' and Hugging Face's descriptions (JSON). */
  readonly metadata: Readonly<Record<string, string>>;
}

const RULES: OptionRules<ParseParquetOptions> = { maxElements: whole(0), maxBytes: whole(0) };
const MAGIC = 'PAR1';
const PACKED_SIMPLY = ['UNCOMPRESSED', 'SNAPPY'];
const FEW_VALUES = 2 ** 20; // whatever the file's length
const PACKED = [...PACKED_SIMPLY, 'GZIP', 'ZSTD', 'LZ4', 'LZ4_RAW']; // unpacking a damaged Brotli may never end

/**
 * Reads a Parquet table, by `hyparquet` (and `hyparquet-compressors` where it is packed by anything but snappy). Whole numbers of 64 bits
 * come as numbers; bytes without a mark of text stay bytes.
 *
 * @throws `E_FORMAT` for what is none, is cut off, damaged or encrypted; `E_LIMIT` beyond `maxElements` and `maxBytes`, and for many more
 * values than the file has bytes, before anything is unpacked; `E_RANGE` for a 64-bit number that float64 would round; `E_USAGE` for what are no bytes.
 * @example
 * const { rows, columns } = await parseParquet(await readFile('train-00000-of-00001.parquet'));
 * @see https://parquet.apache.org/docs/file-format/
 */
export async function parseParquet(
  file: Uint8Array | ArrayBufferLike,
  options: ParseParquetOptions = {},
): Promise<ParquetTable> {
  checkOptions('parseParquet', options, RULES);
  const { maxElements = MAX_ELEMENTS, maxBytes = MAX_ZIP_BYTES } = options;
  const bytes = asBytes('parseParquet', file);
  if (bytes.length < 12 || textAt(bytes, 0) !== MAGIC || textAt(bytes, bytes.length - 4) !== MAGIC) {
    throw wrong('it does not begin and end as one');
  }
  try {
    const metadata = parquetMetadata(copyOf(bytes, 0, bytes.length), { geoparquet: false });
    const rows = checkClaims(metadata, bytes.length, { maxElements, maxBytes });
    const compressors = await compressorsFor(metadata);
    checkAllPages(bytes, metadata, { compressors, maxBytes });
    return {
      rows,
      columns: await readColumns(bytes, metadata, { rows, compressors }),
      metadata: Object.fromEntries(
        (metadata.key_value_metadata ?? []).map(({ key, value = '' }) => [key, value]),
      ),
    };
  } catch (cause) {
    if (cause instanceof LatentkitError) throw cause;
    throw wrong(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** A column at the top of a schema, and what its cells are by their type; `other` are bytes, lists and records. */
export interface ParquetColumnType {
  readonly name: string;
  readonly holds: 'numbers' | 'words' | 'other';
}

const TEXT_TYPE = /^(?:UTF8|ENUM|JSON|STRING|UUID|DATE|TIME)/;

/**
 * The columns of a Parquet table, which its end alone says: nothing of its data is read.
 *
 * @param end the file's last bytes, its footer among them; or all of it.
 * @throws `E_FORMAT` for what is no end of one, and where the footer begins before; `E_USAGE` for what are no bytes.
 * @example
 * parseParquetColumns(await readFile('trees.parquet')); // [{ name: 'age', holds: 'numbers' }]
 * @see https://parquet.apache.org/docs/file-format/
 */
export function parseParquetColumns(end: Uint8Array | ArrayBufferLike): ParquetColumnType[] {
  const bytes = asBytes('parseParquetColumns', end);
  if (bytes.length < 8 || textAt(bytes, bytes.length - 4) !== MAGIC) throw wrong('it does not end as one');
  try {
    const metadata = parquetMetadata(copyOf(bytes, 0, bytes.length), { geoparquet: false });
    return parquetSchema(metadata).children.map(({ element, children }) => ({
      name: element.name,
      holds: children.length > 0 || element.repetition_type === 'REPEATED' ? 'other' : holdsOf(element),
    }));
  } catch (cause) {
    throw wrong(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function holdsOf({ type, converted_type, logical_type }: SchemaElement): ParquetColumnType['holds'] {
  const meant = [converted_type, logical_type?.type].some((one) => TEXT_TYPE.test(one ?? ''));
  if (meant || type === 'INT96') return 'words'; // a time, of old
  const isDecimal = converted_type === 'DECIMAL' || logical_type?.type === 'DECIMAL';
  return type?.endsWith('BYTE_ARRAY') && !isDecimal ? 'other' : 'numbers';
}

/** Holds what the file says of its sizes against limits and its length; gives its rows. */
function checkClaims(
  metadata: FileMetaData,
  length: number,
  { maxElements, maxBytes }: Required<ParseParquetOptions>,
): number {
  const rows = Number(metadata.num_rows);
  const leaves = leavesOf(parquetSchema(metadata))
    .map(({ path }) => JSON.stringify(path))
    .sort();
  let [values, unpacked, inGroups] = [0, 0, 0];
  for (const group of metadata.row_groups) {
    inGroups += Number(group.num_rows);
    // A column that the schema does not have is decoded all the same, and what it throws would be heard by nobody.
    const paths = group.columns.map((column) => JSON.stringify(column.meta_data?.path_in_schema)).sort();
    if (paths.join() !== leaves.join()) throw wrong('its columns are not those of its schema');
    for (const { meta_data: column } of group.columns) {
      if (!column) throw wrong('a column is encrypted, or lies in another file');
      if (!PACKED.includes(column.codec)) {
        throw wrong(`it is packed by ${column.codec}; snappy, gzip, zstd and lz4 are read`);
      }
      const start = Number(column.dictionary_page_offset || column.data_page_offset);
      const packed = Number(column.total_compressed_size);
      if (!(start >= 0 && packed >= 0 && start + packed <= length))
        throw wrong('a column lies beyond its end');
      values += Number(column.num_values);
      unpacked += Number(column.total_uncompressed_size);
    }
  }
  if (!(rows >= 0) || inGroups !== rows) throw wrong(`it says ${rows} rows, and its groups ${inGroups}`);
  if (rows > maxElements || values > maxElements) {
    throw new LatentkitError(
      'E_LIMIT',
      `parseParquet: expected at most ${maxElements} values (maxElements), got ${Math.max(values, rows)}`,
      {
        fix: 'A program that trusts the file may raise maxElements',
      },
    );
  }
  // One value for all rows is a few bytes, however many they are.
  const most = FEW_VALUES + MAX_PARQUET_RATIO * length;
  if (rows > most || values > most) {
    throw new LatentkitError(
      'E_LIMIT',
      `parseParquet: a file of ${length} bytes claims ${Math.max(values, rows)} values, expected at most ${most}`,
      { fix: 'Save it anew, as CSV if nothing else' },
    );
  }
  if (unpacked > maxBytes) {
    throw new LatentkitError(
      'E_LIMIT',
      `parseParquet: expected at most ${maxBytes} unpacked bytes (maxBytes), got ${unpacked}`,
      {
        fix: 'A program that trusts the file may raise maxBytes',
      },
    );
  }
  return rows;
}

/** A column at the bottom of a schema. */
interface Leaf {
  readonly path: readonly string[];
  readonly isBoolean: boolean;
  /** How many parents, and itself, may be many, and may be missing. */
  readonly repetition: number;
  readonly definition: number;
}

/** The columns of a schema, whose root counts as its reader counts it. */
function leavesOf(tree: SchemaTree, above = { repetition: 0, definition: -1 }): Leaf[] {
  const { repetition_type: kind, type } = tree.element;
  const levels = {
    repetition: above.repetition + Number(kind === 'REPEATED'),
    definition: above.definition < 0 ? 0 : above.definition + Number(kind !== 'REQUIRED'),
  };
  if (tree.children.length === 0 && tree.path.length > 0) {
    return [{ path: tree.path, isBoolean: type === 'BOOLEAN', ...levels }];
  }
  return tree.children.flatMap((child) => leavesOf(child, levels));
}

/** What unpacks the pages of a table; a package of its own where it takes more than snappy. */
async function compressorsFor({ row_groups: groups }: FileMetaData): Promise<Compressors> {
  const isSimple = groups.every(({ columns }) =>
    columns.every(({ meta_data: column }) => PACKED_SIMPLY.includes(column!.codec)),
  );
  const own = { SNAPPY: unpackSnappy }; // hyparquet's goes back and forth on a damaged block, without an end
  return isSimple ? own : { ...(await import('hyparquet-compressors')).compressors, ...own };
}

function checkAllPages(
  bytes: Uint8Array,
  metadata: FileMetaData,
  { compressors, maxBytes }: { compressors: Compressors; maxBytes: number },
): void {
  const leaves = new Map(leavesOf(parquetSchema(metadata)).map((leaf) => [leaf.path.join('\0'), leaf]));
  let left = maxBytes;
  for (const group of metadata.row_groups) {
    for (const { meta_data: column } of group.columns) {
      const leaf = leaves.get(column!.path_in_schema.join('\0'))!;
      const values = Number(column!.num_values);
      if (leaf.repetition === 0 && values !== Number(group.num_rows)) {
        throw wrong(`a column claims ${values} values in ${group.num_rows} rows`);
      }
      const start = Number(column!.dictionary_page_offset || column!.data_page_offset);
      const own = bytes.subarray(start, start + Number(column!.total_compressed_size));
      left -= checkPages(own, { ...leaf, values, codec: column!.codec }, { compressors, maxBytes: left });
    }
  }
}

async function readColumns(
  bytes: Uint8Array,
  metadata: FileMetaData,
  { rows, compressors }: { rows: number; compressors: Compressors },
): Promise<ParquetValues[]> {
  // What a listener throws is lost, and pieces come in no order: they are put together when all are there.
  const pieces: { name: string; start: number; values: ArrayLike<unknown> }[] = [];
  await parquetRead({
    file: { byteLength: bytes.length, slice: (start, end = bytes.length) => copyOf(bytes, start, end) },
    metadata,
    utf8: false,
    geoparquet: false,
    compressors,
    onChunk: ({ columnName, columnData, rowStart }) =>
      void pieces.push({ name: columnName, start: rowStart, values: columnData }),
  });
  return parquetSchema(metadata).children.map(({ element: { name } }) => {
    const values: unknown[] = [];
    const own = pieces.filter((piece) => piece.name === name).sort((one, other) => one.start - other.start);
    for (const piece of own) {
      if (piece.start !== values.length) throw wrong(`its rows of '${name}' do not follow each other`);
      for (let i = 0; i < piece.values.length; i++) values.push(plain(piece.values[i], name));
    }
    if (values.length !== rows)
      throw wrong(`its column '${name}' has ${values.length} values, expected ${rows}`);
    return { name, values };
  });
}

/** Whole numbers of 64 bits as numbers, those in lists too; undefined as null. */
function plain(value: unknown, column: string): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (BigInt(number) === value) return number;
    throw new LatentkitError(
      'E_RANGE',
      `parseParquet: ${value} in '${column}' is no number that float64 holds`,
    );
  }
  if (Array.isArray(value)) return value.map((one) => plain(one, column));
  return value ?? null;
}

function copyOf(bytes: Uint8Array, start: number, end: number): ArrayBuffer {
  return bytes.slice(start, end).buffer as ArrayBuffer;
}

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function wrong(what: string, cause?: unknown): LatentkitError {
  return new LatentkitError('E_FORMAT', `parseParquet: this Parquet file cannot be read: ${what}`, {
    fix: 'Save it anew.',
    cause,
  });
}
