import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import {
  checkOptions,
  checkValue,
  flagRule,
  type OptionRules,
  objectRule,
  pathRule,
} from '@latentkit/core/options';
import { DATASETS } from '@latentkit/datasets';
import { defaultCacheDirectory } from '@latentkit/datasets/node';
import { diskError, isMissing, isRunning } from '@latentkit/formats/node';
import { RUN_FILES } from '../../files/run-files.ts';
import { checkNoLinkOut } from '../check-no-link-out.ts';
import {
  findRun,
  holdsConfig,
  isBeginning,
  namesIn,
  replacing,
  temporaryFiles,
  tidyLocked,
} from '../find-run.ts';
import { missingPath } from '../missing-path.ts';
import { fillingOf } from '../replace-files.ts';
import { LOCK_FILE, lockFolder, lockState } from '../run-lock.ts';

/** Files that nobody needs, or that can be had again. */
export interface Leftover {
  /** `killed`: what a killed run left half written, and its lock; `beginning`: a run that came to no checkpoint; `checkpoint`: of a finished run. */
  readonly kind: 'killed' | 'beginning' | 'checkpoint' | 'download';
  /** The run's folder, or the dataset's in the cache. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly bytes: number;
}

export interface LeftoverOptions {
  /** Checkpoints of finished runs, too; they cannot be gone on with then. */
  checkpoints?: boolean;
  /** Datasets in the cache, too; they are downloaded again when they are next needed. */
  downloads?: boolean;
}

const RULES: OptionRules<LeftoverOptions> = { checkpoints: flagRule, downloads: flagRule };
const DEEPEST = 4; // folders of folders of runs

/**
 * What could go of a folder with runs in it: what killed runs left, and what options name. Nothing of a run that is being written,
 * and no file that is not a run's; links are not followed.
 *
 * @param folder undefined for downloads alone.
 * @throws `E_NOT_FOUND` where there is no such folder; `E_IO` where it cannot be looked into.
 * @example
 * for await (const leftover of findLeftovers('runs')) if (leftover.kind === 'killed') await removeLeftover(leftover);
 */
export async function* findLeftovers(
  folder: string | undefined,
  options: LeftoverOptions = {},
): AsyncGenerator<Leftover, void, undefined> {
  if (folder !== undefined) checkValue('findLeftovers', 'folder', folder, pathRule);
  checkOptions('findLeftovers', options, RULES);
  const { checkpoints = false, downloads = false } = options;
  if (folder !== undefined) {
    for await (const path of foldersIn(folder, DEEPEST)) yield* await leftoversOf(path, { checkpoints });
  }
  if (downloads) yield* findDownloads();
}

/**
 * Removes a leftover.
 *
 * @returns whether it did: not where a run is being written there by now, or where there is something else.
 * @throws `E_IO` when the disk refuses.
 */
export async function removeLeftover(leftover: Leftover): Promise<boolean> {
  checkValue('removeLeftover', 'leftover', leftover, objectRule);
  const { kind, folder, files } = leftover;
  try {
    if (kind === 'download') {
      for (const file of files) await rm(file, { force: true });
      await rmdir(folder).catch(() => {}); // something else is in it
      return true;
    }
    return await removeOfRun(kind, folder);
  } catch (cause) {
    throw cause instanceof LatentkitError ? cause : diskError(folder, cause);
  }
}

async function removeOfRun(kind: Leftover['kind'], folder: string): Promise<boolean> {
  const state = await lockState(folder);
  if (state === 'held') return false;
  await checkNoLinkOut(folder);
  const lock = await lockFolder(folder).catch((error: unknown) => {
    if (error instanceof LatentkitError && error.code === 'E_EXISTS') return undefined; // just taken
    throw error;
  });
  if (!lock) return false;
  try {
    const found = await leftoversOf(folder, { checkpoints: true, state });
    const now = found.find((one) => one.kind === kind);
    if (!now) return false;
    if (state === 'abandoned' && kind !== 'checkpoint') await tidyLocked(folder);
    else for (const file of now.files) await rm(file, { force: true });
  } finally {
    await lock.release();
  }
  if (kind === 'beginning') await rmdir(folder).catch(() => {}); // others' files are in it
  return true;
}

/** @param state of its lock; where that is ours by now, the one before. */
async function leftoversOf(
  folder: string,
  { checkpoints, state }: { checkpoints: boolean; state?: Awaited<ReturnType<typeof lockState>> },
): Promise<Leftover[]> {
  const was = state ?? (await lockState(folder));
  const { kind: found } = await findRun(folder);
  if (was === 'held' || found === 'foreign') return [];
  const names = await namesIn(folder);
  const leftovers: Promise<Leftover>[] = [];
  const killed = found === 'run' || was === 'abandoned' ? await leftByKill(folder, was) : [];
  // Whether what waited to replace a run is one, only tidying finds out; a config without a lock may be somebody's own.
  const isWaiting = killed.some((file) => file.startsWith(replacing(folder).from));
  if (was === 'abandoned' && !isWaiting && (await isBeginning(folder))) {
    leftovers.push(measured('beginning', folder, [...names.map((name) => join(folder, name)), ...killed]));
  } else if (killed.length > 0) leftovers.push(measured('killed', folder, killed));
  const isFinished = [RUN_FILES.report, RUN_FILES.model, RUN_FILES.weights].every((name) =>
    names.includes(name),
  );
  if (checkpoints && found === 'run' && isFinished && names.includes(RUN_FILES.checkpoint)) {
    const file = join(folder, RUN_FILES.checkpoint);
    if (!(await isLink(dirname(file)))) leftovers.push(measured('checkpoint', folder, [file]));
  }
  return Promise.all(leftovers);
}

async function leftByKill(folder: string, state: 'free' | 'abandoned'): Promise<string[]> {
  if (state === 'free') return deadTemporaryFiles(folder);
  const { from, aside } = replacing(folder);
  const inside = await Promise.all([from, aside, fillingOf(aside)].map(filesIn));
  return [join(folder, LOCK_FILE), ...(await temporaryFiles(folder)), ...inside.flat()];
}

/** Those whose writer is dead: without a lock, there may be others at work. */
async function deadTemporaryFiles(folder: string): Promise<string[]> {
  const files = await temporaryFiles(folder);
  return files.filter((file) => {
    const [, pid] = /\.(\d+)-\d+\.tmp$/.exec(file) ?? [];
    return pid !== undefined && !isRunning(Number(pid));
  });
}

async function* findDownloads(): AsyncGenerator<Leftover> {
  const cache = defaultCacheDirectory();
  for (const { files } of DATASETS) {
    const [first] = files;
    if (first === undefined) continue;
    const folder = join(cache, dirname(first));
    const names = files.map((file) => basename(file));
    const there = await readdir(folder).catch(() => []);
    const ours = there.filter((name) => names.some((our) => name === our || isPartOf(name, our)));
    if (ours.length > 0)
      yield measured(
        'download',
        folder,
        ours.map((name) => join(folder, name)),
      );
  }
}

/** What a download that was broken off has of a file. */
function isPartOf(name: string, file: string): boolean {
  return name.startsWith(`${file}.`) && /\.(?:part|\d+-\d+\.tmp)$/.test(name);
}

/** A folder and those in it, as far as they may hold runs: a run's own are not among them. */
async function* foldersIn(path: string, depth: number): AsyncGenerator<string> {
  const entries = await readdir(path, { withFileTypes: true }).catch(async (cause: unknown) => {
    if (depth < DEEPEST) return []; // one of many that does not let itself be read
    if (isMissing(cause)) throw await missingPath(path);
    throw diskError(path, cause);
  });
  const names = entries.map(({ name }) => name);
  // A config of somebody else may lie beside runs.
  const isRun = names.includes(LOCK_FILE) || (names.includes(RUN_FILES.config) && (await holdsConfig(path)));
  if (isRun) yield path;
  if (isRun || depth === 0) return;
  for (const entry of entries) {
    if (!entry.isDirectory() || entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    yield* foldersIn(join(path, entry.name), depth - 1);
  }
}

/** A folder that is one may be that of another run. */
async function isLink(path: string): Promise<boolean> {
  return (await lstat(path)).isSymbolicLink();
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
}

async function measured(kind: Leftover['kind'], folder: string, files: readonly string[]): Promise<Leftover> {
  const sizes = await Promise.all(
    files.map((file) =>
      lstat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return { kind, folder, files, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
