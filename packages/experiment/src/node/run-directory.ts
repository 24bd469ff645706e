import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { anything, checkOptions, checkValue, flagRule, pathRule } from '@latentkit/core/options';
import { svgToPng } from '@latentkit/figures/node';
import { makeFolders } from '@latentkit/formats/node';
import type { FigureResult } from '../figures/figure-result.ts';
import { figurePath, RUN_FILES, RUN_FOLDERS } from '../files/run-files.ts';
import { createRunFileWriter, type RunFileWriter } from '../store/run-file-writer.ts';
import { checkNoLinkOut } from './check-no-link-out.ts';
import { findRun, removeBeginning, replacing, tidyAbandonedRun } from './find-run.ts';
import { replaceFiles } from './replace-files.ts';
import { refusalsInWords, runFolderWriter } from './run-folder.ts';
import { checkUnlocked, lockFolder, type RunLock } from './run-lock.ts';

/**
 * A folder that a run is written into, and nothing else meanwhile: a file at a time, each whole or not at all. Its
 * functions throw `E_IO` when the disk refuses, or when the folder was deleted, moved or replaced.
 */
export interface RunDirectory extends RunFileWriter {
  readonly path: string;
  /** The run that was there still is: the new one takes its place with the checkpoint of its first epoch. */
  readonly isWaiting: boolean;
  /** Whether it still is the folder that was made: not deleted, moved or replaced. */
  isOurs(): Promise<boolean>;
  /** As SVG and PNG; nothing for a missing one. */
  writeFigure(figure: FigureResult): Promise<void>;
  writeReport(html: string): Promise<void>;
  /** Lets others write there. A run that has come to no checkpoint and no model leaves no file. */
  close(): Promise<void>;
}

export interface RunDirectoryOptions {
  /** A run that is there is to be replaced. */
  force?: boolean;
}

/**
 * Refuses a folder that holds a file which a run would overwrite: to be asked before the long work begins.
 *
 * @param fix what the reader can do where a run is in the way, in words of the reader's own.
 * @throws `E_EXISTS` when it holds a run and `force` is not set; when it holds others' files of such names, or links that lead
 * out of it; and while another process writes a run there.
 */
export async function checkRunDirectory(
  path: string,
  options: RunDirectoryOptions & { fix?: string } = {},
): Promise<void> {
  checkOptions('checkRunDirectory', options, { force: flagRule, fix: anything });
  checkValue('checkRunDirectory', 'path', path, pathRule);
  await checkUnlocked(path);
  await checkNoLinkOut(path);
  await tidyAbandonedRun(path);
  await checkNoRun(path, options);
}

/**
 * Makes the folder of a new run, and locks it until `close()`.
 *
 * @param force replaces the files of a run that is there, and nothing else, once the new one has a checkpoint of a whole
 * epoch; until then the new files lie beside them.
 * @throws as {@link checkRunDirectory}; `E_IO` when the disk refuses.
 * @example
 * const directory = await createRunDirectory('runs/first');
 * await directory.writeConfig(config); // runs/first/config.json
 * await directory.close();
 */
export async function createRunDirectory(
  path: string,
  options: RunDirectoryOptions = {},
): Promise<RunDirectory> {
  await checkRunDirectory(path, options);
  const isNew = await refusalsInWords(path, () => makeFolders(path));
  const lock = await lockFolder(path);
  const leave = async () => {
    await lock.release();
    if (isNew) await rmdir(path).catch(() => {}); // something is in it
  };
  let base = path;
  try {
    const isRun = await checkNoRun(path, options); // again: until we had the lock, another one may have been written
    if (isRun) base = replacing(path).from;
    await refusalsInWords(path, async () => {
      for (const folder of [base, ...RUN_FOLDERS.map((name) => join(base, name))]) await makeFolders(folder);
    });
  } catch (error) {
    await leave();
    throw error;
  }
  return writerOf({ path, base, lock, leave, isWorthKeeping: false });
}

/**
 * Locks the folder of a run that is there until `close()`, to go on with it. What a killed process left half written goes.
 *
 * @throws `E_EXISTS` while another process writes there; `E_IO` when the disk refuses.
 */
export async function openRunDirectory(path: string): Promise<RunDirectory> {
  await checkUnlocked(path);
  await checkNoLinkOut(path);
  await tidyAbandonedRun(path);
  const lock = await lockFolder(path);
  return writerOf({ path, base: path, lock, leave: lock.release, isWorthKeeping: true });
}

interface Writer {
  path: string;
  /** Where files go; the run's own folder once it has taken the place of another. */
  base: string;
  lock: RunLock;
  leave(): Promise<void>;
  isWorthKeeping: boolean;
}

function writerOf({ path, lock, leave, ...state }: Writer): RunDirectory {
  let { base, isWorthKeeping } = state;
  let files = runFolderWriter(path, lock, base);
  const writer = createRunFileWriter({
    read: (name) => files.read(name),
    write: (name, content) => files.write(name, content),
    append: (name, text) => files.append(name, text),
    remove: (name) => files.remove(name),
  });

  async function takePlace() {
    await lock.check();
    await refusalsInWords(path, () => replaceFiles(replacing(path)));
    base = path;
    files = runFolderWriter(path, lock);
  }

  return {
    ...writer,
    path,
    get isWaiting() {
      return base !== path;
    },
    isOurs: lock.isOurs,
    async writeCheckpoint(checkpoint) {
      await writer.writeCheckpoint(checkpoint);
      isWorthKeeping = true;
      if (base !== path && checkpoint.progress.epoch > 0) await takePlace();
    },
    async writeModel(model) {
      await writer.writeModel(model);
      isWorthKeeping = true;
    },
    async writeFigure(figure) {
      if ('missing' in figure) return;
      await files.write(figurePath(figure.name, 'svg'), figure.svg);
      await files.write(figurePath(figure.name, 'png'), await svgToPng(figure.svg));
    },
    writeReport: (html) => files.write(RUN_FILES.report, html),
    async close() {
      if (!(await lock.isOurs())) return;
      if (base !== path) await rm(base, { recursive: true, force: true });
      else if (!isWorthKeeping) await removeBeginning(path);
      await leave();
    },
  };
}

/** Whether there is a run, which may be replaced. */
async function checkNoRun(
  path: string,
  {
    force = false,
    fix = 'Choose another folder, or replace that run with force: true',
  }: RunDirectoryOptions & { fix?: string },
): Promise<boolean> {
  const found = await findRun(path);
  if (found.kind === 'run' && !force) {
    throw new LatentkitError('E_EXISTS', `${path} already holds a run: there is a ${found.name}`, { fix });
  }
  if (found.kind === 'foreign') {
    throw new LatentkitError(
      'E_EXISTS',
      `${path} holds a ${found.name} that a run would overwrite, and that is of no run`,
      { fix: 'Choose another folder, or move that file away' },
    );
  }
  return found.kind === 'run';
}
