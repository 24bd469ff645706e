import { type ImageSet, LatentkitError } from '@latentkit/core';
import { checkValue, having, oneOf } from '@latentkit/core/options';
import { encodeCsv, encodeNpy } from '@latentkit/formats';
import type { Codes } from '@latentkit/models';

/** Codes of images, and what is known of these. */
export interface RunCodes extends Codes {
  readonly latentDim: number;
  /** The images' classes, -1 for none. */
  readonly labels?: Int32Array;
  readonly classNames?: readonly string[];
  /** Of a file's: where each stands in it, from 0, where they are not all of it in its order. */
  readonly places?: ArrayLike<number>;
  /** What the mean codes decode to, where that was asked for: `[images, height, width, channels]`. */
  readonly reconstructions?: Pick<ImageSet, 'shape'> & { readonly images: Float32Array };
  /** Of a shard: how many images are before its own. */
  readonly first?: number;
  readonly recipe: string;
  /** Which images: 'test images of mnist'. */
  readonly of: string;
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
 * `codes.npy`, `indices.npy` (where they are not all of a file in its order), `labels.npy`, `reconstructions.npy`.
 *
 * @throws `E_SHAPE` for codes that are no whole number of rows; `E_USAGE` for reconstructions in another format than NPY.
 * @example
 * for (const { name, content } of await formatCodes(await encodeRun('runs/first'), 'npy')) await writeFile(name, content);
 */
export async function formatCodes(
  codes: Pick<
    RunCodes,
    | 'mean'
    | 'logVar'
    | 'codes'
    | 'latentDim'
    | 'labels'
    | 'classNames'
    | 'places'
    | 'first'
    | 'reconstructions'
  >,
  format: CodesFormat,
): Promise<CodesFile[]> {
  checkValue('formatCodes', 'codes', codes, codesRule);
  checkValue('formatCodes', 'format', format, oneOf('csv', 'npy', 'parquet'));
  const {
    mean,
    logVar,
    codes: chosen,
    latentDim,
    labels,
    classNames,
    places,
    first = 0,
    reconstructions,
  } = codes;
  const count = mean.length / latentDim;
  if (!Number.isInteger(count) || count < 1 || (logVar && logVar.length !== mean.length)) {
    throw new LatentkitError(
      'E_SHAPE',
      `formatCodes: expected whole codes of ${latentDim} numbers, got ${mean.length}`,
    );
  }
  if (reconstructions && format !== 'npy') {
    throw new LatentkitError(
      'E_USAGE',
      `formatCodes: reconstructions are images, which ${format} does not hold`,
      {
        fix: 'Write them as npy: --format npy',
      },
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
      ...(reconstructions ? [{ name: 'reconstructions.npy', content: npyOf(reconstructions, count) }] : []),
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

function npyOf(
  { shape: { height, width, channels }, images }: NonNullable<RunCodes['reconstructions']>,
  count: number,
): Uint8Array {
  return encodeNpy({ shape: [count, height, width, channels], data: images });
}

/** The double of fewest digits that is the same float32. */
function shortestOf(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number.isInteger(value) ? value : Number(value.toPrecision(9));
}
