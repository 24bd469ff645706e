import { access, constants, mkdir, readdir, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { datedRunName } from '@latentkit/experiment/config';
import { checkNoLinkOut } from '@latentkit/experiment/node';
import { makeFolders, missingFolders } from '@latentkit/formats/node';

const MOST_A_SECOND = 1000; // runs that begin in one

export interface OutFolder {
  readonly path: string;
  /** It and those above it that were not there before, it first. */
  readonly made: readonly string[];
}

/**
 * Works in a folder that is made before the long work begins, so that a place that cannot be written is known at once; it is
 * gone again, where it was not there before, when nothing came of the work.
 */
export async function inFolder(
  making: Promise<OutFolder>,
  work: (path: string) => Promise<void>,
): Promise<void> {
  const { path, made } = await making;
  try {
    await work(path);
  } finally {
    for (const folder of made) await rmdir(folder).catch(() => {}); // fails when something is in it
  }
}

/**
 * Refuses a folder that somebody named while it holds files of names that are to be written: he named the folder and not them.
 *
 * @throws `E_EXISTS` unless `force` is set.
 */
export async function checkFree(
  folder: string,
  names: readonly string[],
  { force = false }: { force?: boolean | undefined },
): Promise<void> {
  if (force) return;
  const there = await readdir(folder).catch((): string[] => []); // whether it can be written to is not asked here
  const name = names.find((one) => there.includes(one));
  if (name === undefined) return;
  throw new LatentkitError('E_EXISTS', `${folder} holds ${name} already`, {
    fix: 'Choose another folder with --out, or overwrite what is there with --force',
  });
}

/**
 * Works towards files at a place that can be written, as is known before the work begins; nothing new is left where
 * nothing came of it.
 *
 * @param out where they go, if somebody said; `-` is stdout.
 * @param run whose folder they go into else, as `name`; it is not made here.
 * @throws `E_IO` when there is a folder of that name, or the disk refuses; `E_EXISTS` for a link that leads out of the run.
 */
export async function toFile(
  { out, run, name }: { out: string | undefined; run: string; name: string },
  work: (path: string | undefined) => Promise<void>,
): Promise<void> {
  if (out === '-') return work(undefined);
  const path = out ?? join(run, name);
  if ((await stat(path).catch(() => undefined))?.isDirectory()) {
    throw cannotWrite(path, 'there is a folder of that name');
  }
  if (out !== undefined) return inFolder(makeOutFolder(dirname(out)), () => work(out));
  await checkNoLinkOut(run, [dirname(name)]);
  const folder = (await stat(dirname(path)).catch(() => undefined)) ? dirname(path) : run; // it may have to be made there
  await access(folder, constants.W_OK).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR') throw cannotMake(folder, cause); // whoever reads the run says it better
  });
  await work(path);
}

/**
 * Makes a folder, or finds it.
 *
 * @throws `E_IO` when it is a file, or the disk refuses.
 */
export async function makeOutFolder(path: string): Promise<OutFolder> {
  try {
    const made = await missingFolders(path);
    await makeFolders(path);
    await access(path, constants.W_OK);
    return { path, made };
  } catch (cause) {
    throw cannotMake(path, cause);
  }
}

/**
 * Makes `runs/<local time>-<recipe>`; with a number behind it when another run began in the same second.
 *
 * @throws `E_IO` when the disk refuses.
 */
export async function makeDatedFolder(recipe: string, date = new Date()): Promise<OutFolder> {
  const path = join('runs', datedRunName(recipe, date));
  try {
    const above = await missingFolders(dirname(path));
    await makeFolders(dirname(path));
    for (let count = 1; ; count++) {
      const numbered = count === 1 ? path : `${path}-${count}`;
      try {
        await mkdir(numbered);
        return { path: numbered, made: [numbered, ...above] };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || count === MOST_A_SECOND) throw error;
      }
    }
  } catch (cause) {
    throw cannotMake(path, cause);
  }
}

const REASONS: Record<string, string> = {
  ENOENT:
    'nothing can be made there: it is no place for files, a link leads nowhere, or the working folder is gone',
  EEXIST: 'it is a file',
  ENOTDIR: 'a part of the path is a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ELOOP: 'it is a link that leads in a circle',
  ENAMETOOLONG: 'the name is too long',
};

function cannotMake(path: string, cause: unknown): LatentkitError {
  const { code, message } = cause as NodeJS.ErrnoException;
  return cannotWrite(`the folder ${path}`, REASONS[code ?? ''] ?? message, cause);
}

function cannotWrite(what: string, reason: string, cause?: unknown): LatentkitError {
  const fix = 'Choose another place with --out';
  return new LatentkitError('E_IO', `cannot write ${what}: ${reason}`, { fix, cause });
}
