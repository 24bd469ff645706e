import { createHash } from 'node:crypto';
import { copyFile, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { checkBy } from '@latentkit/core/schema';
import { encodeNpyHeader, parseNpy } from '@latentkit/formats';
import { diskError } from '@latentkit/formats/node';
import { jobRunFolder } from '@latentkit/jobs/node';
import { PARTIAL } from './do-parts.ts';
import { encodedShard } from './encode-job.ts';
import { readJobFile } from './read-job-file.ts';
import type { DoneJob } from './watch-jobs.ts';

/** The name of what says which parts there are. */
export const MANIFEST = 'manifest.json';

export interface JoinOptions {
  /** Where the jobs' results lie. */
  store: string;
  /** The folder to write into. */
  out: string;
  format: 'npy' | 'parquet';
  /** What the manifest says besides. */
  about: Readonly<Record<string, unknown>>;
}

/**
 * Makes one set of files of the shards' in their order: arrays of NPY become one file each, byte for byte what `encode` without shards
 * writes; files of Parquet lie beside each other, `part-00000-of-00008.parquet`, which readers take as one table. `manifest.json` says what is where.
 *
 * @returns the files, and how many rows they have.
 * @throws `E_CHECKSUM` for a part that is not what its job wrote, or rows that are missing; `E_IO`.
 */
export async function joinCodes(
  shards: readonly DoneJob[],
  { store, out, format, about }: JoinOptions,
): Promise<{ files: string[]; rows: number; latentDim: number }> {
  const values = shards.map(({ value }, at) =>
    checkBy(encodedShard, value, `the result of shard ${at}`, 'E_FORMAT'),
  );
  const rows = values.reduce((sum, value, at) => {
    if (value.first === sum) return sum + value.rows;
    throw new LatentkitError(
      'E_CHECKSUM',
      `shard ${at} begins at row ${value.first}, and those before it end at ${sum}`,
      { fix: `Delete ${join(store, shards[at]!.id)}, and run the same command again` },
    );
  }, 0);
  const { latentDim } = values[0]!;
  const made: string[] = [];
  try {
    const files: Written[] = [];
    const place = (name: string) => {
      made.push(name);
      return join(out, `${name}${PARTIAL}`);
    };
    if (format === 'npy') {
      for (const name of Object.keys(shards[0]!.files))
        files.push(await joinArrays(shards, name, { store, place, rows }));
    } else {
      for (const [at, shard] of shards.entries())
        files.push(await copyPart(shard, at, shards.length, { store, place }));
    }
    // All parts are whole: what is there by its name is, too.
    for (const name of made) await rename(join(out, `${name}${PARTIAL}`), join(out, name));
    const parts = values.map(({ first, rows: count }, at) => ({
      ...{ first, rows: count },
      ...(format === 'parquet' && { file: files[at]!.name, sha256: files[at]!.sha256 }),
    }));
    const manifest = { version: 1, ...about, format, rows, latentDim, files, parts };
    await writeFile(join(out, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    return { files: [...files.map(({ name }) => name), MANIFEST], rows, latentDim };
  } catch (error) {
    for (const name of made) await rm(join(out, `${name}${PARTIAL}`), { force: true });
    throw error instanceof LatentkitError ? error : diskError(out, error);
  }
}

interface Written {
  readonly name: string;
  readonly sha256: string;
}

async function joinArrays(
  shards: readonly DoneJob[],
  name: string,
  { store, place, rows }: { store: string; place: (name: string) => string; rows: number },
): Promise<Written> {
  const sha = createHash('sha256');
  const file = await open(place(name), 'w');
  const write = async (bytes: Uint8Array) => {
    sha.update(bytes);
    await file.write(bytes);
  };
  try {
    for (const [at, shard] of shards.entries()) {
      const bytes = await readJobFile(store, shard, name);
      const { shape, data } = parseNpy(bytes);
      const type = data instanceof Int32Array ? 'int32' : 'float32';
      if (at === 0) await write(encodeNpyHeader([rows, ...shape.slice(1)], type));
      await write(bytes.subarray(bytes.length - data.byteLength));
    }
  } finally {
    await file.close();
  }
  return { name, sha256: sha.digest('hex') };
}

async function copyPart(
  shard: DoneJob,
  at: number,
  count: number,
  { store, place }: { store: string; place: (name: string) => string },
): Promise<Written> {
  const [[from, sha256] = ['', '']] = Object.entries(shard.files);
  const digits = (number: number) => String(number).padStart(5, '0');
  const name = `part-${digits(at)}-of-${digits(count)}.parquet`;
  await readJobFile(store, shard, from);
  await copyFile(join(jobRunFolder(store, shard.id), from), place(name));
  return { name, sha256 };
}
