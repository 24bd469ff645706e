import { open, rename, rm } from 'node:fs/promises';
import { LatentkitError } from '@latentkit/core';

let written = 0; // makes temporary names differ within a process

/**
 * Writes a file whole or not at all: beside it, flushed to the disk, then renamed over it.
 *
 * @throws `E_IO` when the disk refuses; the file is then as it was, and nothing is left beside it.
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}-${written++}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw diskError(path, cause);
  }
}

/** What went wrong with a path, in words that help. */
export function diskError(path: string, cause: unknown): LatentkitError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const reason = code === 'ENOSPC' ? 'the disk is full' : message;
  const fix =
    code === 'ENOSPC'
      ? 'Free some space, or choose another place with --out; what was written before is intact'
      : 'Check the path and its permissions, or choose another place with --out';
  return new LatentkitError('E_IO', `could not write ${path}: ${reason}`, { fix, cause });
}
