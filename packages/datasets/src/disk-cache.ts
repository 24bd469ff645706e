import { appendFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { defaultCacheDirectory } from './default-cache-directory.ts';
import type { FileCache } from './file-cache.ts';
import { isMissing } from './is-missing.ts';

let written = 0; // makes temporary names differ within a process

/**
 * A cache in a folder: `LATENTKIT_CACHE`, else `latentkit` in `XDG_CACHE_HOME`, else `~/.cache/latentkit`. Finished files
 * appear whole or not at all.
 *
 * @throws `E_IO` from its methods, when the disk refuses.
 * @example
 * const mnist = await loadMnist({ cache: diskCache() });
 */
export function diskCache({ directory = defaultCacheDirectory() }: { directory?: string } = {}): FileCache {
  const guard = async <T>(name: string, work: (path: string) => Promise<T>): Promise<T> => {
    const path = join(directory, name);
    try {
      return await work(path);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new LatentkitError('E_IO', `diskCache: could not use ${path}: ${reason}`, {
        fix: 'Set LATENTKIT_CACHE to a folder that you may write to.',
        cause,
      });
    }
  };
  return {
    read: (name) =>
      guard(name, (path) =>
        readFile(path).catch((error: unknown) => {
          if (isMissing(error)) return undefined;
          throw error;
        }),
      ),
    append: (name, bytes) =>
      guard(name, async (path) => {
        await mkdir(dirname(path), { recursive: true });
        await appendFile(path, bytes);
      }),
    write: (name, bytes) => guard(name, (path) => writeAtomically(path, bytes)),
    remove: (name) => guard(name, (path) => rm(path, { force: true })),
  };
}

async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}-${written++}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
