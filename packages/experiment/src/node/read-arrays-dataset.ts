import { type Dataset, describeShape, type Examples, LatentkitError, pixelCount } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  functionRule,
  type OptionRules,
  pathRule,
  signalRule,
} from '@latentkit/core/options';
import { DATASETS, readExamples, toLabels } from '@latentkit/datasets';
import {
  IMPORT_LIMITS,
  type ImportedParts,
  type ImportedSets,
  type ImportReport,
  importSets,
  type TableFit,
} from '@latentkit/datasets/import';
import { filesOf, isPackedSet, nodeImageDecoder, openPackedSet } from '@latentkit/datasets/node';
import { isThere } from '@latentkit/formats/node';
import { datasetOfSets, type ImageLooks, type ImportedData } from '../data/dataset-of-sets.ts';
import { missingPath } from './missing-path.ts';
import { readLabels } from './read-vectors.ts';

/** What hears of files that are read. */
export interface ImageListeners {
  /** What became of the files at a path: which were left out and why, and what was guessed. */
  onImport?: (report: ImportReport, path: string) => void;
  /** How far reading is: files that were looked at, or the share of a packed set that was compared with its digests. */
  onReading?: (reading: { readonly files: number } | { readonly share: number }) => void;
  /** Refuses all for one image that cannot be read, which is left out otherwise. */
  strict?: boolean;
  signal?: AbortSignal;
}

export interface ArraysDatasetOptions extends ImageLooks, ImageListeners {
  /** A file or folder of the images to judge by; without it a tenth of the others is, as `fromArrays` chooses them. */
  validation?: string;
  /** Use the first so many training images, and a proportional part of the others. */
  limit?: number;
  /** A file of the images' classes, numbers or names, as `readLabels` reads it. */
  labels?: string;
  /** The same of the images to judge by. */
  validationLabels?: string;
  /** How many images to choose the epoch by; with a file to judge by, that is for testing then. */
  validationCount?: number;
}

const READING_RULES: OptionRules<ImageLooks & ImageListeners> = {
  // importSets looks at them
  ...{ source: anything, size: anything, channels: anything, fit: anything, background: anything },
  ...{ uses: anything, missing: anything, columns: anything },
  ...{ delimiter: anything, decimal: anything, header: anything },
  ...{
    labelColumn: anything,
    strict: anything,
    onImport: functionRule,
    onReading: functionRule,
    signal: signalRule,
  },
};
const RULES: OptionRules<ArraysDatasetOptions> = {
  ...READING_RULES,
  validation: anything,
  limit: anything,
  labels: anything,
  validationLabels: anything,
  validationCount: anything,
};

/**
 * A dataset of images of one's own, as `importFiles` reads them: a folder or a ZIP of images, an array (`.npy`, `.npz`, IDX), a
 * table (`.csv`). Arrays are `[count, height, width]` or `[count, height, width, channels]`, bytes (0 to 255) or floats (0 to 1, or
 * any numbers for a likelihood that reads such).
 *
 * @throws `E_NOT_FOUND`, `E_FORMAT` for files that cannot be read; `E_SHAPE`, `E_RANGE`, `E_NOT_FINITE` for what are no images;
 * `E_USAGE` for a file to judge by beside folders of such; `E_LIMIT` beyond `IMPORT_LIMITS`.
 * @example
 * const dataset = await readArraysDataset('faces', { size: 28, channels: 1 });
 */
export async function readArraysDataset(path: string, options: ArraysDatasetOptions = {}): Promise<Dataset> {
  checkOptions('readArraysDataset', options, RULES);
  const dataset = await openArraysDataset(path, options, readImages);
  return dataset as Dataset; // of sets in memory
}

/** As {@link readArraysDataset}, but that a packed set's images stay in its files. */
export async function openArraysDataset(
  path: string,
  options: ArraysDatasetOptions,
  open: typeof openImages = openImages,
): Promise<Dataset<Examples>> {
  const { validation: judgesPath, limit, validationCount, labels, validationLabels, ...reading } = options;
  const sets = await openExamples(path, labels, { ...reading, open });
  const cut = { name: 'arrays', limit, validation: validationCount } as const;
  if (judgesPath === undefined) return datasetOfSets(sets, cut);
  const { parts, classNames } = sets;
  if (parts.validation || parts.test) throw twoJudges(path, judgesPath);
  // A table is judged by the columns that it is learned from.
  const judges = await openExamples(
    judgesPath,
    validationLabels,
    { ...reading, columns: sets.columns, open },
    classNames,
  );
  if (judges.parts.validation || judges.parts.test) throw twoJudges(judgesPath, `the images of ${path}`);
  const [expected, got] = [parts.train.shape, judges.parts.train.shape].map(describeShape);
  if (expected !== got) {
    throw new LatentkitError('E_SHAPE', `${judgesPath}: expected images of ${expected}, got ${got}`);
  }
  const both = {
    ...sets,
    parts: { ...parts, validation: judges.parts.train },
    ...(sets.table && { table: withJudges(sets.table, judges.table!) }),
  };
  return datasetOfSets(both, cut);
}

/** Judges are read by the columns that their table is fitted to. */
function withJudges({ fit, encode }: TableFit, judges: TableFit): TableFit {
  return {
    fit,
    encode: (columns) => ({ ...encode(columns), validation: judges.encode(columns).train }),
  };
}

function twoJudges(one: string, other: string): LatentkitError {
  return new LatentkitError('E_USAGE', `${one} has folders or arrays to judge by, besides ${other}`, {
    fix: 'Leave one of them out, or name the folder of the images alone',
  });
}

/**
 * The images of a file or folder as {@link readArraysDataset} reads it, in the sets that it names: all in `train` where it names
 * none.
 *
 * @throws as {@link readArraysDataset}.
 * @example
 * const { parts, classNames } = await readImages('faces', { size: 28 });
 */
export async function readImages(
  path: string,
  options: ImageLooks & ImageListeners = {},
): Promise<ImportedSets> {
  checkOptions('readImages', options, READING_RULES);
  checkValue('readImages', 'path', path, pathRule);
  const sets = await openImages(path, options);
  const parts: Partial<ImportedParts> = {};
  for (const [name, set] of Object.entries(sets.parts) as [keyof ImportedParts, Examples][]) {
    checkRoom(path, set);
    parts[name] = await readExamples(set);
  }
  return { ...sets, parts: parts as ImportedParts }; // a train is among them
}

/** What is packed may be larger than memory. */
function checkRoom(path: string, set: Examples): void {
  const numbers = set.count * pixelCount(set.shape);
  if ('images' in set || numbers <= IMPORT_LIMITS.numbers) return;
  throw new LatentkitError(
    'E_LIMIT',
    `${path}: its images are ${numbers} numbers, more than the ${IMPORT_LIMITS.numbers} that are read into memory`,
    {
      fix: 'Open it with openPackedSet of @latentkit/datasets/node, or loadDataset, which leave them in their files',
    },
  );
}

/**
 * As {@link readImages}, but that a packed set's images stay in its files: a batch of them is read when it is wanted.
 *
 * @throws as {@link readImages}; for a packed set, as `openPackedSet`, and `E_USAGE` for looks, which it has already.
 * @example
 * const { parts } = await openImages('faces-packed');
 */
export async function openImages(
  path: string,
  options: ImageLooks & ImageListeners = {},
): Promise<ImportedSets<Examples>> {
  checkOptions('openImages', options, READING_RULES);
  checkValue('openImages', 'path', path, pathRule);
  if (!(await isThere(path))) {
    const isSet = DATASETS.some(({ name }) => name === path);
    throw await missingPath(path, {
      files: true,
      ...(isSet && { fix: `A dataset is named by dataset (--dataset ${path}), data is files of your own` }),
    });
  }
  const { onImport, onReading, ...looks } = options;
  if (await isPackedSet(path)) {
    const packed = await openPackedSet(path, {
      ...(looks.signal && { signal: looks.signal }),
      onProgress: (bytes, of) => onReading?.({ share: bytes / of }),
    });
    checkPackedLooks(path, packed.parts.train, looks);
    onImport?.(packed.report, path);
    return packed;
  }
  const sets = await importSets(filesOf(path), {
    ...{ ...looks, decode: nodeImageDecoder() },
    onProgress: ({ files }) => onReading?.({ files }),
  }).catch((cause: unknown) => {
    if (!(cause instanceof LatentkitError) || cause.message.includes(path)) throw cause;
    throw new LatentkitError(cause.code, `${path}: ${cause.message}`, { cause });
  });
  onImport?.(sets.report, path);
  return sets;
}

/** @throws `E_USAGE` for images of another size or other channels than those that are packed. */
function checkPackedLooks(
  path: string,
  { shape }: Examples,
  { size, channels = 'auto', source, labelColumn }: ImageLooks,
): void {
  const { width, height } = typeof size === 'number' ? { width: size, height: size } : (size ?? shape);
  const isSame =
    width === shape.width && height === shape.height && [shape.channels, 'auto'].includes(channels);
  if (isSame && source !== 'table' && labelColumn === undefined) return;
  throw new LatentkitError(
    'E_USAGE',
    `${path}: its images are packed as ${describeShape(shape)}, and something else is asked for`,
    {
      fix:
        source === 'table'
          ? 'Leave that out: a packed set has images, and no columns'
          : `Leave that out, or pack the images that ${path} was made of anew: latentkit pack IMAGES --size ${width}x${height} --channels ${channels} --out FOLDER`,
    },
  );
}

/** Images and their classes, of a file or of their folders; names are numbered as `known` has them, or else in their order. */
async function openExamples(
  path: string,
  labelFile: string | undefined,
  { open, ...reading }: ImageLooks & ImageListeners & { open: typeof openImages },
  known?: readonly string[],
): Promise<ImportedData<Examples>> {
  const { parts, classNames: own, columns, table } = await open(path, reading);
  const about = columns && { columns, table };
  if (labelFile === undefined && (!known || !own))
    return { parts, ...about, ...(own && { classNames: own }) };
  const { train } = parts;
  const found = labelFile === undefined ? { labels: train.labels!, names: own } : await readLabels(labelFile);
  const classNames = known ?? found.names;
  const { labels, names } = found;
  const numbers = known && names ? Array.from(labels, (label) => known.indexOf(names[label] ?? '')) : labels;
  const rules = { count: train.count, classes: classNames?.length, where: labelFile ?? path };
  return {
    parts: { ...parts, train: { ...train, labels: toLabels(numbers, rules) } },
    ...about,
    ...(classNames && { classNames }),
  };
}
