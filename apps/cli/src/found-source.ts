import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOptions } from './options.ts';

/** Flags with `--dataset table` where `--data` is a CSV or a Parquet table, or a folder of such, whose rows can be no images, and nothing else says what it is. */
export async function withFoundSource(options: RunOptions): Promise<RunOptions> {
  const { data, dataset, recipe, config, size, set = [] } = options;
  const isSaid = dataset ?? config ?? size ?? set.find(({ path }) => path.join('.') === 'dataset.source');
  if (data === undefined || isSaid !== undefined) return options;
  if (recipe !== undefined && recipe !== 'table') return options;
  const isFound = (await looksLikeTable(data)) ?? (await looksLikeTable(await firstTable(data)));
  return isFound ? { ...options, dataset: 'table' } : options;
}

/** Undefined for what is no file; what is wrong with one is said by who reads it. */
async function looksLikeTable(path: string | undefined): Promise<boolean | undefined> {
  const found = path === undefined ? undefined : await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined; // a pipe would wait for who writes into it
  const { isTableFile } = await import('@latentkit/datasets/import');
  const file = await open(path!).catch(() => undefined);
  const read = async (from: number, to: number) => {
    const { buffer, bytesRead } = await file!.read(new Uint8Array(to - from), 0, to - from, from);
    return buffer.subarray(0, bytesRead);
  };
  try {
    return file && (await isTableFile({ size: found.size, read }));
  } catch {
    return undefined;
  } finally {
    await file?.close();
  }
}

/** The first file of a folder that has tables alone. */
async function firstTable(folder: string): Promise<string | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.')).sort();
  return names[0] !== undefined && names.every((name) => /\.(?:csv|tsv|parquet)$/i.test(name))
    ? join(folder, names[0])
    : undefined;
}
