import { type Examples, type ImageSet, LatentkitError, shorten } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  flagRule,
  functionRule,
  type OptionRules,
  oneOf,
  signalRule,
} from '@latentkit/core/options';
import { checkBy } from '@latentkit/core/schema';
import { type TableColumn, tableColumnsSchema } from '@latentkit/core/table';
import type { ColumnUse, MissingPolicy } from '../table/choose-columns.ts';
import type { TableFit } from '../table/fit-to-training.ts';
import type { Background, Fit } from './fit-image.ts';
import { gatherArrays, type ImportedParts } from './gather-arrays.ts';
import { gatherImages } from './gather-images.ts';
import { MOST_SIDE, type PictureSize } from './image-size.ts';
import { createImageStore, type DecodeImage, type ImageStore, type PictureRoom } from './image-store.ts';
import type { ImportProgress, ImportReport, SkippedFile } from './import-report.ts';
import { type ImportSource, isWanted, SOURCES } from './import-source.ts';
import { nameKnownSet } from './name-known-set.ts';
import { isMetadata, readMetadata } from './read-metadata.ts';
import { readParquet } from './read-parquet.ts';
import { readSafetensors } from './read-safetensors.ts';
import { type FileKind, type ImageFormat, isImageFormat, TEXT } from './recognize-file.ts';
import {
  IMPORT_LIMITS,
  type ImportFile,
  type ImportLimits,
  type LeafFile,
  reasonOf,
  tell,
  unpackFiles,
} from './unpack-files.ts';

/** How files become examples. */
export interface ImportSetsOptions {
  /** What alone is to be read: images, arrays of a kind, or a table; by default whatever is there, images before arrays, and arrays before tables. */
  source?: ImportSource;
  /** Decodes JPEG and WebP, as `createImageDecoder` does; PNG, GIF and BMP are read without it. */
  decode?: DecodeImage;
  /** Of all images: the side of a square, or both sides; by default the one that they have. Of rows of numbers, what a row shows. */
  size?: number | PictureSize;
  /** Grey or RGB; by default RGB where any image has colour. */
  channels?: 1 | 3 | 'auto';
  /** How images of another shape are brought to the size; by default what is too long is cut off. */
  fit?: Fit;
  /** What lies behind transparent parts, and around images that are padded; white by default. */
  background?: Background;
  /** Whether folders are classes, as they are by default. */
  labels?: 'folders' | 'none';
  /** The column of a table, or of metadata.csv, that has the classes, its name or its place from 0, where that is not to be found out. */
  labelColumn?: string | number;
  /** Of a table: how columns are read, by their names, where their cells do not say. */
  uses?: Readonly<Record<string, ColumnUse>>;
  /** Of a table: what becomes of missing cells, an error by default. */
  missing?: MissingPolicy;
  /** Of a CSV: the character between its cells; by default the comma, semicolon, tab or bar that cuts its first rows evenly. */
  delimiter?: string;
  /** Of a CSV: what stands before decimals; by default a comma where the first rows show one. */
  decimal?: '.' | ',';
  /** Of a CSV: whether its first row names the columns; by default found out, and told where it is a guess. */
  header?: boolean;
  /** Of a table: its columns as a model reads them; by default what the rows to learn from say. */
  columns?: readonly TableColumn[];
  /** Refuses all for one image that cannot be read, which is left out otherwise. */
  strict?: boolean;
  limits?: Partial<ImportLimits>;
  onProgress?: (progress: ImportProgress) => void;
  signal?: AbortSignal;
}

/** The sets of examples that files hold, before those to judge by are chosen. */
export interface ImportedSets<Set extends Examples = ImageSet> {
  /** Of a published dataset, if they are known to be one's: `mnist`. */
  readonly name?: string;
  /** `train` has all of them where the files name no parts. */
  readonly parts: ImportedParts<Set>;
  readonly classNames?: readonly string[];
  /** Of a table: what the numbers of a row are, fitted to all rows of `train`. */
  readonly columns?: readonly TableColumn[];
  /** Of a table of which rows were left out: which row of its file each is, from 0. */
  readonly rows?: Readonly<Partial<Record<keyof ImportedParts, readonly number[]>>>;
  /** Of a table: to fit its columns to some of those rows alone. */
  readonly table?: TableFit;
  readonly report: ImportReport;
}

export const IMPORT_RULES: OptionRules<ImportSetsOptions> = {
  source: oneOf(...SOURCES),
  decode: functionRule,
  size: anything, // looked at below
  channels: {
    be: "be 1, 3 or 'auto'",
    code: 'E_RANGE',
    fits: (value) => [1, 3, 'auto'].includes(value as number),
  },
  fit: oneOf('crop', 'pad', 'stretch'),
  background: oneOf('white', 'black'),
  labels: oneOf('folders', 'none'),
  labelColumn: anything, // parseCsv looks at it
  uses: anything, // looked at below
  missing: oneOf('error', 'drop', 'mean'),
  delimiter: anything, // parseCsv looks at it
  decimal: oneOf('.', ','),
  header: flagRule,
  columns: anything, // looked at below
  strict: flagRule,
  limits: anything, // looked at below
  onProgress: functionRule,
  signal: signalRule,
};
const LIMIT_RULE = {
  be: 'be a number from 1',
  code: 'E_RANGE',
  fits: (value: unknown) => typeof value === 'number' && value >= 1,
} as const;
const LIMIT_RULES: OptionRules<ImportLimits> = {
  ...{ files: LIMIT_RULE, unpackedBytes: LIMIT_RULE, ratio: LIMIT_RULE },
  ...{ pixels: LIMIT_RULE, side: LIMIT_RULE, numbers: LIMIT_RULE },
};
const filesRule = {
  be: 'be files, { name, bytes }, to iterate over',
  code: 'E_USAGE',
  fits: (value: unknown) => Symbol.asyncIterator in Object(value) || Symbol.iterator in Object(value),
} as const;
const SHOWN_REASONS = 5;

/**
 * What {@link importFiles} makes a dataset of: sets as the files have them.
 *
 * @throws as `importFiles`, but for what it says of its split.
 */
export async function importSets(
  files: AsyncIterable<ImportFile> | Iterable<ImportFile>,
  options: ImportSetsOptions = {},
): Promise<ImportedSets> {
  return (await importInto(files, options)) as ImportedSets; // without a room all is in memory
}

/** As {@link importSets}, but that pictures lie in a room, if there is one: their sets read them there. */
export async function importInto(
  files: AsyncIterable<ImportFile> | Iterable<ImportFile>,
  options: ImportSetsOptions,
  room?: PictureRoom,
): Promise<ImportedSets<Examples>> {
  checkValue('importFiles', 'files', files, filesRule);
  checkOptions('importFiles', options, IMPORT_RULES);
  const { channels = 'auto', fit = 'crop', background = 'white', labels = 'folders' } = options;
  const { decode, source, labelColumn, strict = false, onProgress, signal } = options;
  checkOptions('importFiles', options.limits ?? {}, LIMIT_RULES, 'limits');
  const limits = { ...IMPORT_LIMITS, ...options.limits };
  const looks = { size: sizeOf(options.size), channels, fit, background };
  const { delimiter, decimal, header } = options;
  const dialect = { delimiter, decimal, header };
  const store = createImageStore({ ...looks, decode, limits, room });
  const others: LeafFile[] = [];
  const metadata: LeafFile[] = [];
  const skipped: SkippedFile[] = [];
  const skip = (name: string, why: string) => void skipped.push({ name, why });
  const byRow = new Map<string, string>(); // classes of pictures in tables
  const rowNotes: string[] = [];
  let seen = 0;

  async function add(file: LeafFile, format: ImageFormat): Promise<void> {
    const whyNot = await addImage(store, file, format);
    signal?.throwIfAborted();
    if (whyNot === undefined) return;
    if (strict) throw new LatentkitError('E_FORMAT', `${file.name}: ${whyNot}`);
    skip(file.name, whyNot);
  }

  async function addParquet(file: LeafFile): Promise<void> {
    const found = await tell(file.name, () => readParquet(file, { limits, labelColumn }));
    if (!('images' in found)) return void others.push({ ...file, table: found });
    for (const [name, label] of found.classes ?? []) byRow.set(name, label);
    rowNotes.push(...found.notes);
    for (const picture of found.images) {
      if (isImageFormat(picture.kind.type)) await add(picture, picture.kind.type);
      else skip(picture.name, picture.kind.what);
    }
    skipped.push(...found.skipped);
  }

  function addSafetensors(file: LeafFile): void {
    const isMeant = source === 'safetensors';
    try {
      const arrays = readSafetensors(file, { maxElements: limits.numbers, isMeant });
      if (arrays) others.push({ ...file, arrays });
      else skip(file.name, file.kind.what);
    } catch (cause) {
      if (isMeant) throw new LatentkitError('E_FORMAT', `${file.name}: ${reasonOf(cause)}`, { cause });
      skip(file.name, `${file.kind.what}: ${reasonOf(cause)}`);
    }
  }

  for await (const file of unpackFiles(files, {
    ...{ limits, onSkip: skip, signal },
    leavesRows: room !== undefined,
  })) {
    signal?.throwIfAborted();
    const { name, kind } = file;
    if (kind.type === 'zip' || kind.type === 'gzip') {
      skip(name, `${kind.what} inside of another: unpack it first`);
    } else if (isMetadata(file) && (source ?? 'images') === 'images') metadata.push(file);
    else if (!isWanted(kind, source)) skip(name, whyUnwanted(kind, source));
    else if (kind.type === 'parquet' && source !== 'table') await addParquet(file);
    else if (kind.type === 'safetensors') addSafetensors(file);
    else if (isImageFormat(kind.type)) await add(file, kind.type);
    else others.push(file);
    seen++;
    onProgress?.({ files: seen, kept: store.count + others.length, skipped: skipped.length, name });
  }
  if (store.count > 0) {
    for (const { name, kind } of others) skip(name, `${kind.what} beside images`);
    const stored = store.take();
    const beside = await readMetadata(metadata, stored.names, labelColumn);
    const told = byRow.size > 0 ? { classes: byRow, notes: rowNotes } : beside;
    const { skipped: strays, ...gathered } = gatherImages(stored, labels, told);
    skipped.push(...strays);
    return { ...gathered, report: reportOf('images', gathered, skipped) };
  }
  for (const file of metadata) {
    if (file.kind.type === 'table') others.push(file);
    else skip(file.name, file.kind.what);
  }
  const isTable = ({ kind: { type } }: LeafFile) => ['table', 'text', 'parquet'].includes(type);
  const arrays = others.filter((file) => !isTable(file));
  const used = arrays.length > 0 ? arrays : others;
  if (used.length === 0) throw nothingKept(skipped);
  if (source === 'table') {
    const { gatherTables } = await import('../table/gather-tables.ts'); // so that images alone do without
    const { uses = {}, missing = 'error', columns } = options;
    checkUses(uses);
    if (columns) checkBy(tableColumnsSchema, columns, 'importFiles: columns');
    const gathered = await gatherTables(used, { labelColumn, uses, missing, columns, dialect, limits });
    return { ...gathered, report: reportOf('table', gathered, skipped) };
  }
  for (const file of arrays.length > 0 ? others : [])
    if (isTable(file)) skip(file.name, 'a table beside arrays');
  const { skipped: unused, ...gathered } = await gatherArrays(used, {
    ...looks,
    labelColumn,
    dialect,
    limits,
  });
  skipped.push(...unused);
  const known = arrays.length > 0 ? await nameKnownSet(arrays) : undefined;
  const sets = { ...gathered, ...known };
  return { ...sets, report: reportOf(arrays.length > 0 ? 'arrays' : 'table', sets, skipped) };
}

function checkUses(uses: unknown): void {
  const words = ['number', 'category', 'ignore'];
  const wrong = Object.entries(Object(uses)).find(([, use]) => !words.includes(use as string));
  if (typeof uses === 'object' && uses !== null && !wrong) return;
  const got = wrong ? `${wrong[0]}: ${JSON.stringify(wrong[1])}` : typeof uses;
  throw new LatentkitError(
    'E_CONFIG',
    `importFiles: uses must be of columns' names to 'number', 'category' or 'ignore', got ${shorten(got)}`,
  );
}

function whyUnwanted({ what, type }: FileKind, source: ImportSource | undefined): string {
  return source === undefined || type === 'other' || type === 'model'
    ? what
    : `${what}, where ${source} alone was asked for`;
}

function sizeOf(size: ImportSetsOptions['size']): PictureSize | undefined {
  if (size === undefined) return undefined;
  const { width, height } =
    typeof size === 'number' ? { width: size, height: size } : (Object(size) as PictureSize);
  if ([width, height].every((side) => Number.isInteger(side) && side >= 1 && side <= MOST_SIDE))
    return { width, height };
  throw new LatentkitError(
    'E_RANGE',
    `importFiles: size must be a whole number from 1 to ${MOST_SIDE}, or { width, height } of such, got ${shorten(JSON.stringify(size) ?? String(size))}`,
  );
}

/** Keeps an image, or says why it cannot be kept. */
async function addImage(store: ImageStore, file: LeafFile, format: ImageFormat): Promise<string | undefined> {
  const image = await store.decode(file, format).catch(reasonOf);
  if (typeof image === 'string') return image;
  store.keep(file.name, image);
  return undefined;
}

function reportOf(
  source: ImportReport['source'],
  {
    parts,
    classNames,
    notes,
  }: { parts: ImportedParts<Examples>; classNames?: readonly string[]; notes: readonly string[] },
  skipped: readonly SkippedFile[],
): ImportReport {
  const sets = Object.values(parts);
  const counts = new Map<number, number>(classNames?.map((_, i) => [i, 0]));
  for (const { labels = [] } of sets) {
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const classes = [...counts].sort(([a], [b]) => a - b);
  return {
    source,
    kept: sets.reduce((sum, { count }) => sum + count, 0),
    skipped: [...skipped].sort((a, b) => (a.name < b.name ? -1 : 1)),
    classes: classes.map(([label, count]) => ({ name: classNames?.[label] ?? String(label), count })),
    notes,
  };
}

function nothingKept(skipped: readonly SkippedFile[]): LatentkitError {
  const isText = skipped.some(({ name, why }) => why === TEXT && /\.(?:csv|tsv)$/i.test(name));
  const fix = `Give images (PNG, JPEG, ...), arrays (.npy, .npz, .safetensors, IDX) or a table (.csv, .parquet) of an image a row${
    isText ? ". A table of columns, words among them, is read as such: source: 'table', --dataset table" : ''
  }`;
  if (skipped.length === 0)
    return new LatentkitError('E_NOT_FOUND', 'importFiles: there are no files', { fix });
  const shown = skipped.slice(0, SHOWN_REASONS).map(({ name, why }) => `${shorten(name)} (${why})`);
  const more = skipped.length > shown.length ? `, and ${skipped.length - shown.length} more` : '';
  const areModels = skipped.every(({ why }) => why.includes('model'));
  const alone = areModels ? 'this is a model, and no data' : 'this is no data';
  const what = skipped.length === 1 ? alone : `none of ${skipped.length} files is data`;
  return new LatentkitError('E_FORMAT', `importFiles: ${what}: ${shown.join(', ')}${more}`, { fix });
}
