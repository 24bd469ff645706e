import { checkValue, oneOf } from '@latentkit/core/options';
import { encodeNpy } from '@latentkit/formats';
import {
  type CodesFile,
  checkNoImages,
  codesTable,
  countCodes,
  type RunCodes,
  type WrittenCodes,
} from './codes-table.ts';
import { formatCodesCsv } from './format-codes-csv.ts';

/** How codes are written. */
export type CodesFormat = 'csv' | 'npy' | 'parquet';

/**
 * Codes as files. CSV and Parquet: `codes.csv`, `codes.parquet`, a row an image with `index` (from 0; in its file, where
 * there is one), `label` (where there are some: its name, or its number, with nothing or -1 for none), `code_1`, ... (of a codebook: which codes), `mean_1`, ... and `log_var_1`, ...; NPY: `means.npy`, `log-variances.npy`,
 * `codes.npy`, `indices.npy` (where they are not all of a file in its order), `labels.npy`, `reconstructions.npy`.
 *
 * @throws `E_SHAPE` for codes that are no whole number of rows; `E_USAGE` for reconstructions in another format than NPY.
 * @example
 * for (const { name, content } of await formatCodes(await encodeRun('runs/first'), 'npy')) await writeFile(name, content);
 */
export async function formatCodes(codes: WrittenCodes, format: CodesFormat): Promise<CodesFile[]> {
  const where = 'formatCodes';
  const count = countCodes(where, codes);
  checkValue(where, 'format', format, oneOf('csv', 'npy', 'parquet'));
  if (format === 'npy') return npyFiles(codes, count);
  checkNoImages(where, codes, format);
  if (format === 'csv') return [formatCodesCsv(codes)];
  const { encodeParquet } = await import('@latentkit/formats/parquet');
  const { index, names, numbers } = codesTable(codes, count);
  const { labels } = codes;
  const label = labels ? [{ name: 'label', data: names ?? labels }] : [];
  return [{ name: 'codes.parquet', content: encodeParquet([index, ...label, ...numbers]) }];
}

function npyFiles(
  { mean, logVar, codes: chosen, latentDim, labels, places, reconstructions }: WrittenCodes,
  count: number,
): CodesFile[] {
  const shape = [count, latentDim];
  const vectors = (chosen?.length ?? 0) / count;
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

function npyOf(
  { shape: { height, width, channels }, images }: NonNullable<RunCodes['reconstructions']>,
  count: number,
): Uint8Array {
  return encodeNpy({ shape: [count, height, width, channels], data: images });
}
