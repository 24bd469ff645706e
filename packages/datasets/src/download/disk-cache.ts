import { appendFile, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { checkOptions, pathRule } from '@latentkit/core/options';
import { isMissing, makeFolders, removeAbandoned, writeAtomically } from '@latentkit/formats/node';
import { defaultCacheDirectory } from './default-cache-directory.ts';
import type { FileCache } from './file-cache.ts';

const ABANDONED_MS = 3_600_000; // nobody takes so long to write a file

/**
 * A cache in a folder: `LATENTKIT_CACHE`, else `latentkit` in `XDG_CACHE_HOME`, else `~/.cache/latentkit`. Finished files
 * appear whole or not at all.
 *
 * @throws `E_IO` from its methods, when the disk refuses.
 * @example
 * const mnist = await loadMnist({ cache: diskCache() });
 */
export function diskCache(options: { directory?: string } = {}): FileCache {
  checkOptions('diskCache', options, { directory: pathRule });
  const { directory = defaultCacheDirectory() } = options;
  const guard = async <T>(name: string, work: (path: string) => Promise<T>): Promise<T> => {
    const path = join(directory, name);
    try {
      return await work(path);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const what = cause instanceof LatentkitError ? reason : `could not use ${path}: ${reason}`;
      throw new LatentkitError('E_IO', `diskCache: ${what}`, {
        fix: 'Set LATENTKIT_CACHE to a folder that you may write to.',
        cause,
      });
    }
  };
  return {
    read: (name) =>
      guard(name, async (path) => {
        await tidy(path);
        return readFile(path).catch((error: unknown) => {
          if (isMissing(error)) return undefined;
          throw error;
        });
      }),
    append: (name, bytes) =>
      guard(name, async (path) => {
        await makeFolders(dirname(path));
        await appendFile(path, bytes);
      }),
    write: (name, bytes) =>
      guard(name, async (path) => {
        await makeFolders(dirname(path));
        await writeAtomically(path, bytes);
      }),
    remove: (name) => guard(name, (path) => rm(path, { force: true })),
  };
}

/** Clears away what writers that were killed have left beside a file, in a folder that may not be there yet. */
async function tidy(path: string): Promise<void> {
  await removeAbandoned(dirname(path), [basename(path)], { untouchedMs: ABANDONED_MS }).catch((error) => {
    if (!isMissing(error)) throw error;
  });
}
