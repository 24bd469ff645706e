import { access, readdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { diskError, isMissing } from '@latentkit/formats/node';
import { BEGINNING_FILES, RUN_FILES, RUN_FOLDERS, RUN_PATHS, RUN_SUBFOLDERS } from '../files/run-files.ts';
import { readRunJson } from '../store/read-run-file.ts';
import { checkNoLinkOut } from './check-no-link-out.ts';
import { fillingOf, finishReplacing } from './replace-files.ts';
import { runFolder } from './run-folder.ts';
import { LOCK_FILE, lockFolder, lockState } from './run-lock.ts';

/** What stands in a folder: nothing of a run's names; a run; or somebody else's file of such a name. */
export type FoundRun = { kind: 'none' } | { kind: 'run' | 'foreign'; name: string };

/**
 * Looks for a run. It is known by what its `config.json` says, as others have files of these names, too.
 *
 * @throws `E_IO` where the folder does not let itself be looked into.
 */
export async function findRun(path: string): Promise<FoundRun> {
  const [name] = await namesIn(path);
  if (name === undefined) return { kind: 'none' };
  return { kind: (await holdsConfig(path)) ? 'run' : 'foreign', name };
}

/**
 * How a run that replaces another lies beside it until it has a checkpoint. What is in these folders may go, so that their
 * names are such as nobody else would give.
 */
export function replacing(path: string) {
  return {
    folder: path,
    from: join(path, '.latentkit-new'),
    aside: join(path, '.latentkit-old'),
    paths: RUN_PATHS,
  };
}

/**
 * Tidies a folder whose run was killed: what it had half written goes, and a run of which there is nothing but its
 * beginning goes with it. Does nothing where a run is being written, or where nothing may be written.
 */
export async function tidyAbandonedRun(path: string): Promise<void> {
  if ((await lockState(path)) !== 'abandoned') return;
  const lock = await lockFolder(path).catch(() => undefined);
  if (!lock) return;
  try {
    await tidyLocked(path);
  } catch {
    // a disk that refuses says so to whoever writes next
  } finally {
    await lock.release();
  }
}

/** Of a folder whose lock is ours and whose run before was killed. */
export async function tidyLocked(path: string): Promise<void> {
  const { from, aside } = replacing(path);
  await checkNoLinkOut(path, [
    ...RUN_SUBFOLDERS,
    ...[from, aside, fillingOf(aside)].map((one) => basename(one)),
  ]);
  await finishReplacing(replacing(path));
  for (const file of await temporaryFiles(path)) await rm(file, { force: true });
  if (await isBeginning(path)) await removeBeginning(path);
}

/** Whether there is no more of a run than what it writes before its first checkpoint. */
export async function isBeginning(path: string): Promise<boolean> {
  return (await namesIn(path)).every((name) => BEGINNING_FILES.includes(name));
}

/** Removes what a run writes before its first checkpoint. */
export async function removeBeginning(path: string): Promise<void> {
  for (const name of BEGINNING_FILES) await rm(join(path, name), { force: true });
  for (const folder of RUN_FOLDERS) await rmdir(join(path, folder)).catch(() => {}); // others' files may be in it
}

export async function namesIn(path: string): Promise<string[]> {
  const there = await Promise.all(
    RUN_PATHS.map((name) =>
      access(join(path, name)).then(
        () => true,
        (error: unknown) => {
          if (isMissing(error)) return false;
          throw diskError(path, error);
        },
      ),
    ),
  );
  return RUN_PATHS.filter((_, i) => there[i]);
}

/** Whether a folder's `config.json` is one of a run. */
export async function holdsConfig(path: string): Promise<boolean> {
  try {
    const config = await readRunJson(runFolder(path), RUN_FILES.config);
    return ['recipe', 'dataset', 'model', 'training'].every((key) => Object.hasOwn(Object(config), key));
  } catch {
    return false;
  }
}

/** By number of the process, or by the token of a lock; others may have files that end in `.tmp`, too. */
const TEMPORARY = /^(.+)\.(?:\d+-\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.tmp$/;

/** What writers of a run's files have beside them while they write. */
export async function temporaryFiles(path: string): Promise<string[]> {
  const found = await Promise.all(
    ['.', ...RUN_SUBFOLDERS].map(async (folder) => {
      const ours = [...RUN_PATHS, LOCK_FILE]
        .filter((name) => dirname(name) === folder)
        .map((name) => basename(name));
      const names = await readdir(join(path, folder)).catch(() => []);
      return names
        .filter((name) => ours.includes(TEMPORARY.exec(name)?.[1] ?? ''))
        .map((name) => join(path, folder, name));
    }),
  );
  return found.flat();
}
