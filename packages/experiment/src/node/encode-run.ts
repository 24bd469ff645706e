import { createAccelerator } from '@latentkit/backend';
import { LatentkitError } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  functionRule,
  having,
  type OptionRules,
  oneOf,
  pathRule,
} from '@latentkit/core/options';
import { imagesBetween, limitImages } from '@latentkit/datasets';
import { type Codes, codeSizeOf, openTrainedModel } from '@latentkit/models';
import type { LoadDatasetOptions } from './load-dataset.ts';
import { loadRun } from './load-run.ts';
import { IMAGES_RULES, labelsFor, loadRunImages, type RunImagesOptions } from './load-run-images.ts';

export interface EncodeRunOptions extends RunImagesOptions {
  /** Of the images, the first so many; all by default. */
  limit?: number;
  /** Of these, one of some parts of equal size, which others encode: their rows in turn are those of all. */
  shard?: Shard;
  /** What a conditional model is told of all of them, instead of their own classes. */
  label?: number;
  /** Threads; as many as there are cores by default. The codes are the same. */
  workers?: number;
  /** Hears how much is done, from 0 to 1. */
  onProgress?: (fraction: number) => void;
  onDownload?: LoadDatasetOptions['onProgress'];
  /** Hears what the reader should know, a sentence each. */
  onNote?: (note: string) => void;
  /** Stops between images. */
  signal?: AbortSignal;
}

/** One of `count` parts, from 0. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

const RULES: OptionRules<EncodeRunOptions> = {
  ...IMAGES_RULES,
  limit: anything, // limitImages looks at it
  shard: {
    be: 'be { index, count }, whole numbers with 0 <= index < count',
    code: 'E_RANGE',
    fits: (value) => {
      const { index, count } = (value ?? {}) as Partial<Shard>;
      return Number.isSafeInteger(count) && Number.isInteger(index) && index! >= 0 && index! < count!;
    },
  },
  label: anything, // encode looks at it
  workers: anything, // createAccelerator looks at it
  onProgress: functionRule,
  onDownload: functionRule,
  onNote: functionRule,
};

/** Codes of images, and what is known of these. */
export interface RunCodes extends Codes {
  readonly latentDim: number;
  /** The images' classes, -1 for none. */
  readonly labels?: Int32Array;
  readonly classNames?: readonly string[];
  /** Of a file's: where each stands in it, from 0, where they are not all of it in its order. */
  readonly places?: ArrayLike<number>;
  /** Of a shard: how many images are before its own. */
  readonly first?: number;
  readonly recipe: string;
  /** Which images: 'test images of mnist'. */
  readonly of: string;
}

const IMAGES_AT_ONCE = 2000; // results do not depend on it

/**
 * The codes of a run's images, or of all that a file holds unless a part is asked for: means and, where the model has a posterior, logarithms of variances, `[images, latent]`.
 *
 * @throws as `loadRun`, `loadRunImages` and `encode`; `E_USAGE` for a conditional model and images without classes.
 * @example
 * const { mean, logVar, labels } = await encodeRun('runs/first', { limit: 1000 });
 */
export async function encodeRun(directory: string, options: EncodeRunOptions = {}): Promise<RunCodes> {
  checkValue('encodeRun', 'directory', directory, pathRule);
  checkOptions('encodeRun', options, RULES);
  const { limit, shard, label, workers, onProgress, onDownload, onNote, signal, ...which } = options;
  const run = await loadRun(directory);
  const accelerator = await createAccelerator({ workers, onNote });
  try {
    const images = await loadRunImages(run, directory, {
      ...{ ...which, isWhole: which.part === undefined, onProgress: onDownload, onNote, signal },
    });
    const all = limit === undefined ? images.set : limitImages(images.set, limit);
    const [start, stop] = shard ? rowsOfShard(shard, all.count) : [0, all.count];
    const count = stop - start;
    const latentDim = codeSizeOf(run.spec);
    const labels = images.labels && Int32Array.from({ length: count }, (_, i) => images.labels![start + i]!);
    const told = label === undefined ? labelsFor(run, directory, labels) : label;
    const model = await openTrainedModel(run.spec, run.weights, { accelerator });
    const mean = new Float32Array(count * latentDim);
    const logVar = new Float32Array(mean.length);
    let hasPosterior = true;
    let codes: Uint32Array | undefined;
    for (let first = 0; first < count; first += IMAGES_AT_ONCE) {
      const end = Math.min(count, first + IMAGES_AT_ONCE);
      const { images: some } = await imagesBetween(all, start + first, start + end);
      const made = await model.encode(some, {
        ...(told !== undefined && { label: typeof told === 'number' ? told : told.slice(first, end) }),
        ...(signal && { signal }),
      });
      mean.set(made.mean, first * latentDim);
      if (made.codes) {
        const vectors = made.codes.length / (end - first);
        codes ??= new Uint32Array(count * vectors);
        codes.set(made.codes, first * vectors);
      }
      if (made.logVar) logVar.set(made.logVar, first * latentDim);
      else hasPosterior = false;
      onProgress?.(end / count);
    }
    await model.dispose();
    const { classNames, title, places } = images;
    return {
      ...{ mean, ...(hasPosterior && { logVar }), ...(codes && { codes }), latentDim },
      ...{ ...(labels && { labels }), ...(classNames && { classNames }) },
      ...(places && { places: Array.from({ length: count }, (_, i) => places[start + i]!) }),
      ...(shard && { first: start }),
      ...{ recipe: run.config.recipe, of: title },
    };
  } finally {
    run.dispose();
    await accelerator.close();
  }
}

/** The rows of a shard, from the first up to the last: `floor(i n / k)` to `floor((i + 1) n / k)`. */
function rowsOfShard({ index, count }: Shard, images: number): [number, number] {
  if (count > images) {
    throw new LatentkitError('E_RANGE', `encodeRun: ${count} shards of ${images} images would be empty`, {
      fix: 'Ask for fewer',
    });
  }
  return [Math.floor((index * images) / count), Math.floor(((index + 1) * images) / count)];
}

/** How codes are written. */
export type CodesFormat = 'csv' | 'npy' | 'parquet';

const codesRule = having('codes', { mean: 'object', latentDim: 'number' }, 'encodeRun(directory) gives them');

/** A file to write. */
export interface CodesFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/**
 * Codes as files. CSV and Parquet: `codes.csv`, `codes.parquet`, a row an image with `index` (from 0; in its file, where
 * there is one), `label` (where there are some: its name, or its number, with nothing or -1 for none), `code_1`, ... (of a codebook: which codes), `mean_1`, ... and `log_var_1`, ...; NPY: `means.npy`, `log-variances.npy`,
 * `codes.npy`, `indices.npy` (where they are not all of a file in its order), `labels.npy`.
 *
 * @throws `E_SHAPE` for codes that are no whole number of rows.
 * @example
 * for (const { name, content } of await formatCodes(await encodeRun('runs/first'), 'npy')) await writeFile(name, content);
 */
export async function formatCodes(
  codes: Pick<
    RunCodes,
    'mean' | 'logVar' | 'codes' | 'latentDim' | 'labels' | 'classNames' | 'places' | 'first'
  >,
  format: CodesFormat,
): Promise<CodesFile[]> {
  checkValue('formatCodes', 'codes', codes, codesRule);
  checkValue('formatCodes', 'format', format, oneOf('csv', 'npy', 'parquet'));
  const { mean, logVar, codes: chosen, latentDim, labels, classNames, places, first = 0 } = codes;
  const { encodeCsv, encodeNpy } = await import('@latentkit/formats');
  const count = mean.length / latentDim;
  if (!Number.isInteger(count) || count < 1 || (logVar && logVar.length !== mean.length)) {
    throw new LatentkitError(
      'E_SHAPE',
      `formatCodes: expected whole codes of ${latentDim} numbers, got ${mean.length}`,
    );
  }
  const shape = [count, latentDim];
  const vectors = (chosen?.length ?? 0) / count;
  if (format === 'npy') {
    return [
      { name: 'means.npy', content: encodeNpy({ shape, data: mean }) },
      ...(logVar ? [{ name: 'log-variances.npy', content: encodeNpy({ shape, data: logVar }) }] : []),
      ...(chosen
        ? [
            {
              name: 'codes.npy',
              content: encodeNpy({ shape: [count, vectors], data: Int32Array.from(chosen) }),
            },
          ]
        : []),
      ...(places
        ? [{ name: 'indices.npy', content: encodeNpy({ shape: [count], data: Int32Array.from(places) }) }]
        : []),
      ...(labels ? [{ name: 'labels.npy', content: encodeNpy({ shape: [count], data: labels }) }] : []),
    ];
  }
  const column = (data: Float32Array, d: number) =>
    Float32Array.from({ length: count }, (_, i) => data[i * latentDim + d]!);
  const columns = (prefix: string, data: Float32Array) =>
    Array.from({ length: latentDim }, (_, d) => ({ name: `${prefix}_${d + 1}`, data: column(data, d) }));
  const names = labels && classNames && Array.from(labels, (label) => classNames[label] ?? '');
  const index = {
    name: 'index',
    data: Int32Array.from({ length: count }, (_, i) => places?.[i] ?? first + i),
  };
  const numbers = [
    ...Array.from({ length: vectors }, (_, d) => ({
      name: `code_${d + 1}`,
      data: Int32Array.from({ length: count }, (_, i) => chosen![i * vectors + d]!),
    })),
    ...columns('mean', mean),
    ...(logVar ? columns('log_var', logVar) : []),
  ];
  if (format === 'parquet') {
    const { encodeParquet } = await import('@latentkit/formats/parquet');
    const label = labels ? [{ name: 'label', data: names ?? labels }] : [];
    return [{ name: 'codes.parquet', content: encodeParquet([index, ...label, ...numbers]) }];
  }
  const table = [index, ...(labels && !names ? [{ name: 'label', data: labels }] : []), ...numbers];
  const data = new Float64Array(count * table.length);
  for (const [at, { data: cells }] of table.entries()) {
    for (let i = 0; i < count; i++) data[i * table.length + at] = shortestOf(cells[i]!);
  }
  const content = encodeCsv(
    { shape: [count, table.length], data },
    {
      columns: table.map(({ name }) => name),
      ...(names && { texts: { at: 1, name: 'label', cells: names } }),
    },
  );
  return [{ name: 'codes.csv', content }];
}

/** The double of fewest digits that is the same float32. */
function shortestOf(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number.isInteger(value) ? value : Number(value.toPrecision(9));
}
