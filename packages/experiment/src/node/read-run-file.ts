import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { parseJson } from '@latentkit/formats';

/**
 * A file of a run.
 *
 * @throws `E_NOT_FOUND` when it is not there; `E_IO` when the disk refuses.
 */
export async function readRunFile(directory: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(directory, name));
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') {
      throw new LatentkitError('E_IO', `could not read ${join(directory, name)}: ${message}`, { cause });
    }
    throw new LatentkitError('E_NOT_FOUND', `${directory} holds no ${name}`, {
      fix: 'Name the folder that a finished run printed at its end',
      cause,
    });
  }
}

/**
 * The JSON of a file of a run.
 *
 * @throws as {@link readRunFile}; `E_FORMAT` when it is not JSON.
 */
export async function readRunJson(directory: string, name: string): Promise<unknown> {
  return parseJson(await readRunFile(directory, name), join(directory, name));
}
