import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { isMissing } from '@latentkit/formats/node';
import type { FileSource } from './file-source.ts';

/**
 * A folder that somebody put a dataset's files into.
 *
 * @throws `E_IO` from `read`, when a file is there but cannot be read.
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
        if (isMissing(cause)) return undefined;
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new LatentkitError('E_IO', `dataDirectory: could not read ${path}: ${reason}`, { cause });
      }
    },
  };
}
