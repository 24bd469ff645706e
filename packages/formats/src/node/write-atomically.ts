import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from './disk-error.ts';
import { isRunning } from './is-running.ts';

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
    await rm(temporary, { force: true }).catch(() => {}); // what matters is why it came to this
    throw diskError(path, cause);
  }
}

/**
 * Removes what writers of files of some names have left in a folder when they were killed; those that live go on.
 *
 * @param options.untouchedMs leaves younger files, where writers on other machines share the folder.
 */
export async function removeAbandoned(
  folder: string,
  names: readonly string[],
  { untouchedMs = 0 }: { untouchedMs?: number } = {},
): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, written = '', pid] = /^(.+)\.(\d+)-\d+\.tmp$/.exec(name) ?? [];
    if (!names.includes(written) || isRunning(Number(pid))) continue;
    const path = join(folder, name);
    if (untouchedMs > 0 && Date.now() - (await stat(path)).mtimeMs < untouchedMs) continue;
    await rm(path, { force: true });
  }
}
