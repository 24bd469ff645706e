import { LatentkitError, shorten } from '@latentkit/core';
import { type CsvText, decodeText, parseCsvText } from '@latentkit/formats';
import { LABEL_NAME } from './read-table.ts';
import { type LeafFile, tell } from './unpack-files.ts';

/** What tables beside images say of them. */
export interface Metadata {
  /** Of images by their paths; missing where no column has classes. */
  readonly classes?: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

const FILE_COLUMN = 'file_name';

/** Whether a file says something of the images beside it, as Hugging Face's image folders have it. */
export function isMetadata({ name, kind: { type } }: LeafFile): boolean {
  return isJsonLines(name) || (/(?:^|\/)metadata\.csv$/i.test(name) && (type === 'table' || type === 'text'));
}

const isJsonLines = (name: string): boolean => /(?:^|\/)metadata\.jsonl$/i.test(name);

/** A table of what is said of images. */
type Sayings = Required<Pick<CsvText, 'columns' | 'cells'>>;

function readSayings(name: string, bytes: Uint8Array): Sayings {
  if (isJsonLines(name)) return readJsonLines(bytes);
  const { columns, cells } = parseCsvText(bytes, { header: true });
  return { columns: columns!, cells };
}

/** An object of JSON a line: its keys are columns, and what it lacks is empty. */
function readJsonLines(bytes: Uint8Array): Sayings {
  const rows = decodeText(bytes, 'metadata.jsonl')
    .text.split(/\r\n|[\r\n]/)
    .flatMap((line, i) => (line.trim() === '' ? [] : new Map(Object.entries(parseLine(line, i + 1)))));
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return { columns, cells: columns.map((column) => rows.map((row) => textOf(row.get(column)))) };
}

function parseLine(line: string, number: number): object {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new LatentkitError('E_FORMAT', `line ${number} is no JSON: ${(cause as Error).message}`, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new LatentkitError(
    'E_FORMAT',
    `line ${number}: expected an object, {"file_name": ...}, got ${shorten(line)}`,
  );
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * The classes of images in the column `label` of the tables beside them, or another that is asked for.
 *
 * @throws `E_FORMAT` where a table names no files; `E_UNKNOWN_NAME` for a column that none has.
 * @see https://huggingface.co/docs/hub/datasets-image
 */
export async function readMetadata(
  files: readonly LeafFile[],
  names: readonly string[],
  labelColumn: string | number | undefined,
): Promise<Metadata> {
  const known = new Set(names);
  const classes = new Map<string, string>();
  const notes: string[] = [];
  let hasClasses = false;
  for (const { name, bytes } of files) {
    const { columns, cells } = await tell(name, () => readSayings(name, bytes));
    const fileAt = columns.indexOf(FILE_COLUMN);
    if (fileAt < 0) {
      throw new LatentkitError(
        'E_FORMAT',
        `${name}: expected a column '${FILE_COLUMN}', got ${columns.map(shorten).join(', ') || 'nothing'}`,
        {
          fix: 'Name the files of the images in it, or take the table out.',
        },
      );
    }
    const labelAt = placeOfClasses(name, columns, labelColumn);
    const folder = name.slice(0, name.lastIndexOf('/') + 1);
    let missing = 0;
    for (const [row, file] of cells[fileAt]!.entries()) {
      const path = folder + file.trim();
      if (!known.has(path)) missing++;
      else if (labelAt !== undefined) classes.set(path, cells[labelAt]![row]!.trim());
    }
    if (labelAt !== undefined) {
      hasClasses = true;
      notes.push(`${name}: its column '${columns[labelAt]}' has the classes`);
    }
    if (missing > 0)
      notes.push(`${name}: ${missing} of the ${cells[fileAt]!.length} images that it names are not there`);
  }
  return { notes, ...(hasClasses && { classes }) };
}

function placeOfClasses(
  name: string,
  columns: readonly string[],
  wanted: string | number | undefined,
): number | undefined {
  const place =
    typeof wanted === 'number'
      ? wanted
      : columns.findIndex((column) => (wanted === undefined ? LABEL_NAME.test(column) : column === wanted));
  if (place >= 0 && place < columns.length) return place;
  if (wanted === undefined) return undefined;
  throw new LatentkitError('E_UNKNOWN_NAME', `${name}: there is no column ${JSON.stringify(wanted)}`, {
    fix: `Its columns: ${columns.map(shorten).join(', ')}`,
  });
}
