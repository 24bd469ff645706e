import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkValue, pathRule } from '@latentkit/core/options';
import { diskError, isMissing } from '@latentkit/formats/node';
import { RUN_FILES, RUN_FOLDERS } from '../files/run-files.ts';
import { byTime, describeRun, type RunDescription } from '../store/describe-run.ts';
import { holdsConfig } from './find-run.ts';
import { missingPath } from './missing-path.ts';
import { runFolder } from './run-folder.ts';

/** A run in a list. */
export type ListedRun = { readonly path: string } & RunDescription;

const AT_ONCE = 16; // runs that are read side by side
const DEEPEST = 12; // folders within each other
const APART: readonly string[] = [...RUN_FOLDERS, 'node_modules'];

/**
 * The runs in a folder and below it, newest first. Reads no weights, changes nothing, and follows links, but not in circles. Folders that may not be
 * looked into are passed over.
 *
 * @throws `E_NOT_FOUND` where there is no such folder; `E_IO` where it may not be looked into.
 * @example
 * const [newest] = await listRuns('runs');
 */
export async function listRuns(folder: string): Promise<ListedRun[]> {
  checkValue('listRuns', 'folder', folder, pathRule);
  const paths = await findRuns(folder);
  const runs: ListedRun[] = [];
  for (let i = 0; i < paths.length; i += AT_ONCE) {
    const some = paths.slice(i, i + AT_ONCE);
    runs.push(
      ...(await Promise.all(some.map(async (path) => ({ path, ...(await describeRun(runFolder(path))) })))),
    );
  }
  return byTime(runs, ({ path }) => path);
}

async function findRuns(folder: string): Promise<string[]> {
  const found: string[] = [];
  const seen = new Set<string>();
  const visit = async (path: string, depth: number): Promise<void> => {
    const real = await realpath(path);
    if (seen.has(real)) return;
    seen.add(real);
    const entries = await readdir(path, { withFileTypes: true });
    const names = entries.map(({ name }) => name);
    if (
      names.includes(RUN_FILES.metrics) &&
      [RUN_FILES.config, RUN_FILES.model].some((name) => names.includes(name))
    ) {
      found.push(path);
      return;
    }
    // In its first epoch a run has these two, and so may have others' folders.
    if (names.includes(RUN_FILES.config) && names.includes(RUN_FILES.data) && (await holdsConfig(path))) {
      found.push(path);
      return;
    }
    if (depth === DEEPEST) return;
    // What is there before what leads elsewhere, so that a run comes by its own path.
    const isLink = (entry: (typeof entries)[number]) => Number(entry.isSymbolicLink());
    for (const entry of entries.sort((a, b) => isLink(a) - isLink(b))) {
      if (!(entry.isDirectory() || entry.isSymbolicLink()) || entry.name.startsWith('.')) continue;
      if (APART.includes(entry.name)) continue;
      const below = join(path, entry.name);
      if (!(await isFolder(below))) continue;
      await visit(below, depth + 1).catch(() => {}); // closed to us, or gone meanwhile
    }
  };
  try {
    await visit(folder, 0);
  } catch (cause) {
    if (!isMissing(cause)) throw diskError(folder, cause);
    throw await missingPath(folder);
  }
  return found;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
