import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { checkValue, pathRule } from '@latentkit/core/options';
import { diskError, isMissing, isThere } from '@latentkit/formats/node';
import { RUN_FILES, RUN_FOLDERS } from '../files/run-files.ts';
import { holdsConfig } from './find-run.ts';
import { type RunRecord, readRunRecord } from './read-run-record.ts';

/** A run in a list. */
export type ListedRun = {
  readonly path: string /** ISO 8601: when its training ended, or something of it was last written. */;
  readonly at: string;
} & (
  | {
      readonly state: RunRecord['state'];
      readonly recipe: string;
      readonly dataset: string;
      /** Epochs done, and asked for. */
      readonly epochs: number;
      readonly of: number;
      /** The epoch whose weights it keeps, and its loss on the images that choose it; absent before the first. */
      readonly keptEpoch?: number;
      readonly valLoss?: number;
      /** What all epochs took. */
      readonly seconds: number;
      /** Whether a stopped run has the checkpoint to go on from. */
      readonly canResume: boolean;
    }
  | {
      readonly state: 'damaged';
      /** What is wrong with it, a sentence. */
      readonly why: string;
    }
);

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
    runs.push(...(await Promise.all(paths.slice(i, i + AT_ONCE).map(describe))));
  }
  return runs.sort((a, b) => (a.at === b.at ? (a.path < b.path ? 1 : -1) : a.at < b.at ? 1 : -1));
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
    throw new LatentkitError('E_NOT_FOUND', `there is no folder ${folder}`, { cause });
  }
  return found;
}

async function describe(path: string): Promise<ListedRun> {
  try {
    const { config, history, state, keptEpoch, end } = await readRunRecord(path);
    const kept = history.find(({ epoch }) => epoch === keptEpoch);
    return {
      ...{ path, state, recipe: config.recipe, dataset: config.dataset.name },
      ...{ epochs: history.length, of: config.training.epochs },
      ...(kept && { keptEpoch, valLoss: kept.valLoss }),
      seconds: history.reduce((sum, { seconds }) => sum + seconds, 0),
      canResume: state === 'stopped' && (await isThere(join(path, RUN_FILES.checkpoint))),
      at: end?.finishedAt ?? (await lastWritten(path)),
    };
  } catch (error) {
    if (!(error instanceof LatentkitError)) throw error;
    return { path, state: 'damaged', why: error.message, at: await lastWritten(path) };
  }
}

async function lastWritten(path: string): Promise<string> {
  const times = await Promise.all(
    [RUN_FILES.config, RUN_FILES.metrics].map((name) =>
      stat(join(path, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return new Date(Math.max(...times)).toISOString();
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
