import { type Examples, type ImageSet, LatentkitError } from '@latentkit/core';
import { checkOptions, checkValue } from '@latentkit/core/options';
import { checkBy } from '@latentkit/core/schema';
import { type TableColumn, tableColumnsSchema } from '@latentkit/core/table';
import type { TableFit } from '../table/fit-to-training.ts';
import { gatherArrays, type ImportedParts } from './gather-arrays.ts';
import { gatherImages } from './gather-images.ts';
import { createImageStore, type ImageStore, type PictureRoom } from './image-store.ts';
import { checkUses, IMPORT_RULES, type ImportSetsOptions, LIMIT_RULES, sizeOf } from './import-options.ts';
import type { ImportReport, SkippedFile } from './import-report.ts';
import { type ImportSource, isWanted } from './import-source.ts';
import { nameKnownSet } from './name-known-set.ts';
import { isMetadata, readMetadata } from './read-metadata.ts';
import { readParquet } from './read-parquet.ts';
import { readSafetensors } from './read-safetensors.ts';
import { type FileKind, type ImageFormat, isImageFormat } from './recognize-file.ts';
import { nothingKept, reportOf } from './report-import.ts';
import {
  IMPORT_LIMITS,
  type ImportFile,
  type LeafFile,
  reasonOf,
  tell,
  unpackFiles,
} from './unpack-files.ts';

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

const filesRule = {
  be: 'be files, { name, bytes }, to iterate over',
  code: 'E_USAGE',
  fits: (value: unknown) => Symbol.asyncIterator in Object(value) || Symbol.iterator in Object(value),
} as const;
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

function whyUnwanted({ what, type }: FileKind, source: ImportSource | undefined): string {
  return source === undefined || type === 'other' || type === 'model'
    ? what
    : `${what}, where ${source} alone was asked for`;
}

/** Keeps an image, or says why it cannot be kept. */
async function addImage(store: ImageStore, file: LeafFile, format: ImageFormat): Promise<string | undefined> {
  const image = await store.decode(file, format).catch(reasonOf);
  if (typeof image === 'string') return image;
  store.keep(file.name, image);
  return undefined;
}
