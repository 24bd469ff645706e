import { constants } from 'node:fs';
import { open, readFile, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LatentkitError, type NamedArrays } from '@latentkit/core';
import { anything, checkOptions, checkValue, flagRule, pathRule } from '@latentkit/core/options';
import { svgToPng } from '@latentkit/figures/node';
import { diskError, makeFolder, makeFolders, writeAtomically } from '@latentkit/formats/node';
import type { ModelSpec } from '@latentkit/models';
import { saveModel } from '@latentkit/models/saved';
import type { ObjectiveSpec } from '@latentkit/objectives';
import type { Checkpoint, MetricsRow } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import type { FigureResult } from '../figures/figure-result.ts';
import { encodeCheckpoint } from '../files/checkpoint-file.ts';
import type { DataFingerprint } from '../files/data-fingerprint.ts';
import { numbersToJson } from '../files/json-numbers.ts';
import { metricsColumns, metricsCsv } from '../files/metrics-csv.ts';
import type { RunEnd } from '../files/run-end.ts';
import {
  figurePath,
  PROJECTION_FILES,
  PROJECTION_FOLDER,
  RUN_FILES,
  RUN_FOLDERS,
} from '../files/run-files.ts';
import { findRun, removeBeginning, replacing, tidyAbandonedRun } from './find-run.ts';
import { replaceFiles } from './replace-files.ts';
import { checkUnlocked, lockFolder, type RunLock } from './run-lock.ts';

/**
 * A folder that a run is written into, and nothing else meanwhile: a file at a time, each whole or not at all. Its
 * functions throw `E_IO` when the disk refuses, or when the folder was deleted, moved or replaced.
 */
export interface RunDirectory {
  readonly path: string;
  /** The run that was there still is: the new one takes its place with the checkpoint of its first epoch. */
  readonly isWaiting: boolean;
  /** Whether it still is the folder that was made: not deleted, moved or replaced. */
  isOurs(): Promise<boolean>;
  writeConfig(config: ExperimentConfig): Promise<void>;
  /** What data the run is made with. */
  writeData(data: DataFingerprint): Promise<void>;
  /** A line an epoch, of JSON and in a table: at first all of them anew, then those that are not there yet. */
  writeMetrics(history: readonly MetricsRow[]): Promise<void>;
  writeCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /** The report goes, and with other weights than are there what was made of those: the evaluation, the maps. */
  writeModel(model: {
    spec: ModelSpec;
    epoch: number;
    weights: NamedArrays;
    objective?: ObjectiveSpec;
  }): Promise<void>;
  /** How the training ended, when and on what. */
  writeEnd(end: RunEnd): Promise<void>;
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
 * @throws `E_EXISTS` when it holds a run and `force` is not set; when it holds others' files of such names; and while
 * another process writes a run there.
 */
export async function checkRunDirectory(
  path: string,
  options: RunDirectoryOptions & { fix?: string } = {},
): Promise<void> {
  checkOptions('checkRunDirectory', options, { force: flagRule, fix: anything });
  checkValue('checkRunDirectory', 'path', path, pathRule);
  await checkUnlocked(path);
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
  /** Lines of metrics that this process knows to be there. */
  let rows = 0;
  let columns: readonly string[] = [];
  let config: ExperimentConfig | undefined;

  async function write(name: string, content: string | Uint8Array) {
    await lock.check();
    const file = join(base, name);
    if (dirname(name) !== '.') await refusalsInWords(file, () => makeFolder(dirname(file)));
    await writeAtomically(file, content);
  }

  async function remove(name: string) {
    await lock.check();
    await refusalsInWords(path, () => rm(join(base, name), { force: true }));
  }

  async function holds(name: string, content: Uint8Array) {
    const there = await readFile(join(base, name)).catch(() => undefined);
    return there?.equals(content) ?? false;
  }

  async function add(name: string, text: string) {
    await lock.check();
    await append(join(base, name), text);
  }

  async function takePlace() {
    await lock.check();
    await refusalsInWords(path, () => replaceFiles(replacing(path)));
    base = path;
  }

  return {
    path,
    get isWaiting() {
      return base !== path;
    },
    isOurs: lock.isOurs,
    async writeConfig(given) {
      await write(RUN_FILES.config, toJson(given));
      config = given;
    },
    writeData: (data) => write(RUN_FILES.data, toJson(data)),
    async writeMetrics(history) {
      const added = history.slice(rows);
      const lines = added.map((row) => `${numbersToJson(row)}\n`).join('');
      // By a column that the rows before have not: they get an empty cell.
      const isWider = added.some((row) => Object.keys(row).some((name) => !columns.includes(name)));
      if (isWider) columns = metricsColumns(history);
      const isAnew = rows === 0 || isWider;
      const table = metricsCsv(history, { columns, from: isAnew ? 0 : rows });
      await (rows === 0 ? write : add)(RUN_FILES.metrics, lines);
      await (isAnew ? write : add)(RUN_FILES.table, table);
      rows = history.length;
    },
    async writeCheckpoint(checkpoint) {
      await write(RUN_FILES.checkpoint, await encodeCheckpoint(checkpoint, config));
      isWorthKeeping = true;
      if (base !== path && checkpoint.progress.epoch > 0) await takePlace();
    },
    async writeModel({ spec, epoch, weights, objective }) {
      const files = saveModel({ spec, epoch, weights, objective });
      const bytes = files[RUN_FILES.weights];
      await remove(RUN_FILES.report); // written last: whether it is there says whether the run is finished
      // What names the weights goes before them: a kill between the two leaves a run without a model, and no wrong one.
      if (!(await holds(RUN_FILES.weights, bytes))) for (const name of MADE_OF_WEIGHTS) await remove(name);
      await write(RUN_FILES.weights, bytes);
      await write(RUN_FILES.model, files[RUN_FILES.model]);
      isWorthKeeping = true;
    },
    writeEnd: (end) => write(RUN_FILES.end, toJson(end)),
    async writeFigure(figure) {
      if ('missing' in figure) return;
      await write(figurePath(figure.name, 'svg'), figure.svg);
      await write(figurePath(figure.name, 'png'), await svgToPng(figure.svg));
    },
    writeReport: (html) => write(RUN_FILES.report, html),
    async close() {
      if (!(await lock.isOurs())) return;
      if (base !== path) await rm(base, { recursive: true, force: true });
      else if (!isWorthKeeping) await removeBeginning(path);
      await leave();
    },
  };
}

/** What is of a run's weights and of no others. */
const MADE_OF_WEIGHTS = [
  RUN_FILES.model,
  RUN_FILES.evaluation,
  ...Object.values(PROJECTION_FILES).map((name) => join(PROJECTION_FOLDER, name)),
];

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

async function refusalsInWords<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof LatentkitError ? cause : diskError(path, cause);
  }
}

function toJson(value: unknown): string {
  return `${numbersToJson(value, 2)}\n`;
}
