import { readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkValue, pathRule } from '@latentkit/core/options';
import { isThere, makeFolders } from '@latentkit/formats/node';
import { RUN_PATHS, RUN_SUBFOLDERS } from '../files/run-files.ts';
import type { RunStore } from '../store/run-store.ts';
import { checkNewRunName, checkRunName, isNotThere, isThereAlready } from '../store/store-rules.ts';
import { checkNoLinkOut } from './check-no-link-out.ts';
import { findRun, tidyAbandonedRun } from './find-run.ts';
import { refusalsInWords, runFolder, runFolderWriter } from './run-folder.ts';
import { LOCK_FILE, lockFolder } from './run-lock.ts';

/**
 * The runs in a folder of a disk, by the names of their folders: what the command line writes, as pages have it in their own storage.
 * Files that are not a run's stay where they are.
 *
 * @example
 * const files = await exportRun(nodeRunStore('runs'), 'first');
 */
export function nodeRunStore(folder: string): RunStore {
  checkValue('nodeRunStore', 'folder', folder, pathRule);
  const at = (where: string, run: string) => {
    checkRunName(where, run);
    return join(folder, run);
  };
  const isRun = async (path: string) => (await findRun(path)).kind === 'run';
  return {
    async list() {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []); // there is none yet
      const names: string[] = [];
      for (const { name } of entries) {
        const path = join(folder, name);
        await tidyAbandonedRun(path);
        if (await isRun(path).catch(() => false)) names.push(name);
      }
      return names;
    },
    files: (run) => runFolder(at('files', run)),
    async open(run) {
      const path = at('open', run);
      await refusalsInWords(path, () => makeFolders(path));
      const lock = await lockFolder(path);
      const close = async () => {
        await lock.release();
        await rmdir(path).catch(() => {}); // something is in it
      };
      return { ...runFolderWriter(path, lock), close };
    },
    async rename(run, name) {
      checkNewRunName('rename', name);
      const [from, to] = [at('rename', run), join(folder, name)];
      if (!(await isRun(from))) throw isNotThere(run);
      if (from === to) return;
      if (await isThere(to)) throw isThereAlready(name);
      const lock = await lockFolder(from);
      try {
        await refusalsInWords(to, () => rename(from, to));
        await rm(join(to, LOCK_FILE)); // it went along
      } finally {
        await lock.release();
      }
    },
    async remove(run) {
      const path = at('remove', run);
      if (!(await isRun(path))) return;
      await checkNoLinkOut(path);
      const lock = await lockFolder(path);
      try {
        await refusalsInWords(path, async () => {
          for (const name of RUN_PATHS) await rm(join(path, name), { force: true });
          for (const name of RUN_SUBFOLDERS) {
            await rmdir(join(path, name)).catch(() => {}); // others' files are in it, or there is none
          }
        });
      } finally {
        await lock.release();
      }
      await rmdir(path).catch(() => {});
    },
  };
}
