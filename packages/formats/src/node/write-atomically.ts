import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from './disk-error.ts';

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
 * What writers that were killed have left beside files of some names, with the numbers of their processes.
 *
 * @param folder which may be missing.
 */
export async function findTemporary(
  folder: string,
  names: readonly string[],
): Promise<readonly { path: string; pid: number }[]> {
  const found = await readdir(folder).catch(() => []);
  return found.flatMap((name) => {
    const [, written = '', pid] = /^(.+)\.(\d+)-\d+\.tmp$/.exec(name) ?? [];
    return names.includes(written) ? [{ path: join(folder, name), pid: Number(pid) }] : [];
  });
}
