import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOptions } from './options.ts';

const HEAD = 2 ** 18; // bytes, in which the first rows of a table lie

/** Flags with `--dataset table` where `--data` is a CSV, or a folder of such, whose rows can be no images, and nothing else says what it is. */
export async function withFoundSource(options: RunOptions): Promise<RunOptions> {
  const { data, dataset, recipe, config, size, set = [] } = options;
  const isSaid = dataset ?? config ?? size ?? set.find(({ path }) => path.join('.') === 'dataset.source');
  if (data === undefined || isSaid !== undefined) return options;
  if (recipe !== undefined && recipe !== 'table') return options;
  const head = (await readHead(data)) ?? (await readHead(await firstTable(data)));
  if (!head) return options;
  const { isTable } = await import('@latentkit/datasets/import');
  return isTable(head) ? { ...options, dataset: 'table' } : options;
}

/** The first file of a folder that has tables alone. */
async function firstTable(folder: string): Promise<string | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.')).sort();
  return names[0] !== undefined && names.every((name) => /\.(?:csv|tsv)$/i.test(name))
    ? join(folder, names[0])
    : undefined;
}

/** The first bytes of a file; of what is none, nothing: who reads it says so. */
async function readHead(path: string | undefined): Promise<Uint8Array | undefined> {
  if (path === undefined) return undefined;
  const file = await open(path).catch(() => undefined);
  try {
    const read = await file?.read(new Uint8Array(HEAD), 0, HEAD, 0);
    return read?.buffer.subarray(0, read.bytesRead);
  } catch {
    return undefined;
  } finally {
    await file?.close();
  }
}
