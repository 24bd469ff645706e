import { copyFile, link, lstat, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskError } from './disk-error.ts';
import { isRunning } from './is-running.ts';
import { makeFolders, missingFolders } from './make-folders.ts';

let written = 0; // makes temporary names differ within a process

/** A file to be written. */
export interface FileToWrite {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Writes a file whole or not at all: beside it, flushed to the disk, then renamed over it.
 *
 * @throws `E_IO` when the disk refuses; the file is then as it was, and nothing is left beside it.
 */
export function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  return putInPlace([{ path, content }]);
}

/**
 * Writes several files, all of them or none, and the folders that they want: each beside its place and flushed to the disk, and only
 * then, in their order, renamed over what is there.
 *
 * @throws `E_IO` when the disk refuses; files and folders are then as they were. Only a kill between two renames leaves some of them.
 */
export async function writeTogether(files: readonly FileToWrite[]): Promise<void> {
  const made: string[] = [];
  try {
    for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
      made.unshift(...(await missingFolders(folder)));
      await makeFolders(folder).catch((cause) => {
        throw diskError(folder, cause);
      });
    }
    await putInPlace(files);
  } catch (error) {
    for (const folder of made) await rmdir(folder).catch(() => {}); // others may have put something in it
    throw error;
  }
}

async function putInPlace(files: readonly FileToWrite[]): Promise<void> {
  const beside: string[] = [];
  const besideOf = (path: string) => {
    beside.push(`${path}.${process.pid}-${written++}.tmp`);
    return beside.at(-1)!;
  };
  const undo: (() => Promise<void>)[] = [];
  let at = '';
  try {
    const staged = [];
    for (const { path, content } of files) {
      at = path;
      const temporary = besideOf(path);
      staged.push({ path, temporary });
      await writeFlushed(temporary, content);
    }
    for (const [i, { path, temporary }] of staged.entries()) {
      at = path;
      const isLast = i === staged.length - 1; // nothing comes after it that could fail
      const old = !isLast && (await isFile(path)) ? besideOf(path) : undefined;
      if (old !== undefined) await link(path, old).catch(() => copyFile(path, old)); // not every disk has links
      await rename(temporary, path);
      undo.push(() => (old === undefined ? rm(path, { force: true }) : rename(old, path)));
    }
  } catch (cause) {
    for (const back of undo.reverse()) await back().catch(() => {}); // what matters is why it came to this
    await removeAll(beside);
    throw diskError(at, cause);
  }
  await removeAll(beside);
}

async function writeFlushed(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function isFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  );
}

async function removeAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(path, { force: true }).catch(() => {});
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
