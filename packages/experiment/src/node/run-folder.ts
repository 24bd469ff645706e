import { constants } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { diskError, isMissing, isThere, makeFolder, writeAtomically } from '@latentkit/formats/node';
import { RUN_PATHS } from '../files/run-files.ts';
import type { RunFiles, RunWriter } from '../store/run-store.ts';
import { checkNoLinkOut } from './check-no-link-out.ts';
import { missingPath } from './missing-path.ts';
import { lockState, type RunLock } from './run-lock.ts';

/** The files of a run in a folder. */
export function runFolder(path: string): RunFiles {
  return {
    where: path,
    pathOf: (name) => join(path, name),
    async read(name) {
      try {
        const { buffer, byteOffset, byteLength } = await readFile(join(path, name));
        return new Uint8Array(buffer, byteOffset, byteLength); // a Buffer's slices are no copies
      } catch (cause) {
        if (isMissing(cause)) return undefined;
        const { message } = cause as Error;
        throw new LatentkitError('E_IO', `could not read ${join(path, name)}: ${message}`, { cause });
      }
    },
    has: (name) => isThere(join(path, name)),
    async list(names = RUN_PATHS) {
      const found = await Promise.all(
        names.map((name) =>
          stat(join(path, name)).then(
            (file) => (file.isFile() ? [{ name, bytes: file.size, modified: file.mtimeMs }] : []),
            () => [],
          ),
        ),
      );
      return found.flat();
    },
    state: () => lockState(path),
    checkThere: () => checkFolder(path),
  };
}

/**
 * Makes sure that there is a folder: whoever misspells one looks for its files in vain.
 *
 * @throws `E_NOT_FOUND` with the nearest that is there.
 */
export async function checkFolder(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    if (!isMissing(error)) throw diskError(path, error);
  });
  if (found?.isDirectory()) return;
  if (!found) throw await missingPath(path, { fix: FIX });
  throw new LatentkitError('E_NOT_FOUND', `${path} is a file, and no folder of a run`, { fix: FIX });
}

const FIX = 'Name the folder that a finished run printed at its end';

/**
 * The files of a run in a folder that is locked for us.
 *
 * @param base the folder that they lie in until they take the place of others: the locked one by default.
 */
export function runFolderWriter(path: string, lock: RunLock, base = path): Omit<RunWriter, 'close'> {
  const files = runFolder(base);
  const placeOf = async (name: string) => {
    await lock.check();
    await checkNoLinkOut(base, [dirname(name)]);
    return join(base, name);
  };
  return {
    ...files,
    async write(name, content) {
      const file = await placeOf(name);
      if (dirname(name) !== '.') await refusalsInWords(file, () => makeFolder(dirname(file)));
      await writeAtomically(file, content);
    },
    async append(name, text) {
      await append(await placeOf(name), text);
    },
    async remove(name) {
      const file = await placeOf(name);
      await refusalsInWords(path, () => rm(file, { force: true }));
    },
  };
}

/** Adds to a file that is there: all of it or nothing. */
async function append(path: string, text: string): Promise<void> {
  await refusalsInWords(path, async () => {
    const file = await open(path, constants.O_WRONLY | constants.O_APPEND); // not O_CREAT: it must be there
    try {
      const { size } = await file.stat();
      try {
        await file.writeFile(text);
        await file.sync();
      } catch (error) {
        await file.truncate(size);
        throw error;
      }
    } finally {
      await file.close();
    }
  });
}

/** What the system refuses, as an `E_IO` that says why. */
export async function refusalsInWords<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof LatentkitError ? cause : diskError(path, cause);
  }
}
