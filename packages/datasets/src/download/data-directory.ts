import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { isMissing } from '@latentkit/formats/node';
import type { FileSource } from './file-source.ts';

/**
 * A folder that somebody put a dataset's files into.
 *
 * @throws from `read`: `E_NOT_FOUND` when there is no such folder; `E_IO` when a file is there but cannot be read.
 * @example
 * const mnist = await loadMnist({ dataDir: dataDirectory('./mnist') });
 */
export function dataDirectory(directory: string): FileSource {
  return {
    location: directory,
    async read(name) {
      const path = join(directory, name);
      try {
        return await readFile(path);
      } catch (cause) {
        if (isMissing(cause)) return void (await requireFolder(directory));
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new LatentkitError('E_IO', `dataDirectory: could not read ${path}: ${reason}`, { cause });
      }
    },
  };
}

/** A folder that is not there would else be one that lacks every file. */
async function requireFolder(directory: string): Promise<void> {
  const found = await stat(directory).catch(() => undefined);
  if (found?.isDirectory()) return;
  const what = found ? `${directory} is a file, not a folder` : `there is no folder ${directory}`;
  throw new LatentkitError('E_NOT_FOUND', `dataDirectory: ${what}`, {
    fix: "Name the folder that holds the dataset's files.",
  });
}
