import { access, constants, mkdir, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { makeFolders } from '@latentkit/experiment/node';

const MOST_A_SECOND = 1000; // runs that begin in one

export interface RunFolder {
  readonly path: string;
  /** It was not there before. */
  readonly isNew: boolean;
}

/**
 * Makes the folder of a run before the long work begins, so that a place that cannot be written is known at once.
 *
 * @throws `E_IO` when it is a file, or the disk refuses.
 */
export async function makeRunFolder(path: string): Promise<RunFolder> {
  try {
    const isNew = await makeFolders(path);
    await access(path, constants.W_OK);
    return { path, isNew };
  } catch (cause) {
    throw cannotMake(path, cause);
  }
}

/** Makes `runs/<local time>-<recipe>`; with a number behind it when another run began in the same second. */
export async function makeDatedRunFolder(recipe: string, date = new Date()): Promise<RunFolder> {
  const path = join('runs', `${timestamp(date)}-${recipe}`);
  try {
    await makeFolders(dirname(path));
    for (let count = 1; ; count++) {
      const numbered = count === 1 ? path : `${path}-${count}`;
      try {
        await mkdir(numbered);
        return { path: numbered, isNew: true };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || count === MOST_A_SECOND) throw error;
      }
    }
  } catch (cause) {
    throw cannotMake(path, cause);
  }
}

/** Works in a run's folder, the chosen or a dated one; leaves no empty one behind when nothing came of it. */
export async function inRunFolder(
  { chosen, recipe }: { chosen?: string; recipe: string },
  work: (path: string) => Promise<void>,
): Promise<void> {
  const folder = chosen === undefined ? await makeDatedRunFolder(recipe) : await makeRunFolder(chosen);
  try {
    await work(folder.path);
  } finally {
    await removeIfUnused(folder);
  }
}

/** Leaves no empty folder behind when nothing came of the run. */
export async function removeIfUnused({ path, isNew }: RunFolder): Promise<void> {
  if (isNew) await rmdir(path).catch(() => {}); // fails when something is in it
}

const REASONS: Record<string, string> = {
  ENOENT: 'the working folder is gone',
  EEXIST: 'it is a file',
  ENOTDIR: 'a part of the path is a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
};

function cannotMake(path: string, cause: unknown): LatentkitError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const reason = REASONS[code ?? ''] ?? message;
  const fix = 'Choose another place with --out';
  return new LatentkitError('E_IO', `cannot write the folder ${path}: ${reason}`, { fix, cause });
}

function timestamp(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}
