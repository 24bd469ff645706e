import { type Dataset, type Examples, LatentkitError } from '@latentkit/core';
import { createModel } from '@latentkit/models';
import { scalarsAt } from '@latentkit/objectives';
import { type Checkpoint, isOutOfPatience } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { checkFingerprint, type DataFingerprint } from '../files/data-fingerprint.ts';
import { RUN_FILES } from '../files/run-files.ts';
import { modelSpecOf } from '../model-spec-of.ts';
import { objectiveOf } from '../objective-of.ts';
import { parseConfig } from '../parse-config.ts';
import { pinSchedules } from '../pin-schedules.ts';
import { differencesOf, isSameSetting, settingsOf } from '../settings-of.ts';
import { readCheckpoint, readDataFile } from './read-saved-run.ts';
import { readEnd } from './read-summary.ts';
import type { RunFiles } from './run-store.ts';

/** How a run goes on. */
export interface Continuation {
  /** Its config, of so many epochs as are wanted now. */
  readonly config: ExperimentConfig;
  readonly checkpoint: Checkpoint;
  /** What data it was made with; runs before fingerprints do not know. */
  readonly data: DataFingerprint | undefined;
  /** What the reader should know before it begins, a sentence each. */
  readonly notes: readonly string[];
}

export interface ContinuationOptions {
  /** The data that it was made with. */
  dataset: Dataset<Examples>;
  /** The epoch to stop after, those done included; the run's own by default. */
  epochs?: number;
  /** The config that the run is believed to have: refused where it differs in what decides weights. */
  config?: ExperimentConfig;
  /** The file that whoever goes on writes last: without it the run is not over. */
  lastFile: string;
}

/**
 * How a run goes on from its checkpoint to the bytes that it would have come to uninterrupted. With more epochs, schedules that lasted
 * as long as the run keep their length, in its config, too. Changes nothing.
 *
 * @throws `E_NOT_FOUND` where there is no checkpoint to go on from; `E_USAGE` naming what differs for other data, or a config that was
 * changed since; `E_USAGE` for a run that is finished or had more epochs already; `E_FORMAT`, `E_CONFIG`, `E_NOT_FINITE` for damaged files.
 */
export async function planContinuation(
  files: RunFiles,
  { dataset, epochs, config: believed, lastFile }: ContinuationOptions,
): Promise<Continuation> {
  const { where } = files;
  const { checkpoint, config: own, takenIn = own, data: takenWith } = await readCheckpoint(files);
  const made = takenIn.training.epochs;
  checkSameConfig(own, takenIn, {
    made,
    says: `${where}: ${RUN_FILES.config} was changed`,
    fix: 'Put it back',
  });
  if (believed) {
    const [says, fix] = [`${where} goes on as it was made`, 'Leave that out, or train anew'];
    checkSameConfig(parseConfig(believed), takenIn, { made, says, fix });
  }
  const data = await dataOf(files, takenWith);
  if (data) await checkFingerprint(data, dataset, where);
  const wanted = epochs ?? own.training.epochs;
  const pinned = wanted === made ? own : pinSchedules(own, made);
  const config = { ...pinned, training: { ...pinned.training, epochs: wanted } };
  await checkLeft(files, config, { checkpoint, lastFile });
  if (wanted !== made) checkTargets(where, takenIn, { longer: config, dataset });
  const unknown = data ? [] : [`${where} does not say what data it was made with: these were not compared`];
  return { config, checkpoint, data, notes: [...notesOf(own, config, made), ...unknown] };
}

/** @throws `E_FORMAT` where the checkpoint was taken with other data than the run's `data.json` says. */
async function dataOf(
  files: RunFiles,
  takenWith: DataFingerprint | undefined,
): Promise<DataFingerprint | undefined> {
  const written = await readDataFile(files);
  if (!written || !takenWith || isSameSetting(written, takenWith)) return written ?? takenWith;
  throw new LatentkitError(
    'E_FORMAT',
    `${files.where}: files of two runs: the checkpoint was taken with other data than ${RUN_FILES.data} says`,
    { fix: `Put the run's own ${RUN_FILES.data} back, or delete this one: the checkpoint knows its data` },
  );
}

/** What a run may go on with without coming to other weights. */
const FREE = ['figures', 'training.epochs', 'dataset.dataDir'];

/** @throws `E_USAGE` naming the first setting that differs; schedules are compared over the epochs they were made for. */
function checkSameConfig(
  given: ExperimentConfig,
  takenIn: ExperimentConfig,
  { made, says, fix }: { made: number; says: string; fix: string },
): void {
  for (const { path, values } of differencesOf(
    [takenIn, given].map((config) => pinSchedules(config, made)),
  )) {
    if (FREE.some((free) => path === free || path.startsWith(`${free}.`))) continue;
    const [expected, is] = values.map((value) => JSON.stringify(value) ?? 'nothing');
    throw new LatentkitError('E_USAGE', `${says}: expected ${path} ${expected}, got ${is}`, { fix });
  }
}

/** @throws `E_USAGE` for a run with nothing left to do, not even its report. */
async function checkLeft(
  files: RunFiles,
  { training: { epochs, earlyStopping } }: ExperimentConfig,
  { checkpoint: { progress }, lastFile }: { checkpoint: Checkpoint; lastFile: string },
): Promise<void> {
  const done = progress.epoch;
  const path = files.where;
  if (epochs < done) {
    throw new LatentkitError(
      'E_USAGE',
      `${path}: expected at least the ${done} epochs that are done, got ${epochs}`,
      {
        fix: `Ask for more than ${done} with --epochs`,
      },
    );
  }
  const isOver = earlyStopping && isOutOfPatience(earlyStopping, progress.earlyStopping);
  if ((!isOver && done < epochs) || !(await isWritten(files, { epochs: done, lastFile }))) return;
  throw isOver
    ? new LatentkitError('E_USAGE', `${path}: this run stopped early, after epoch ${done}, and is finished`, {
        fix: 'More epochs would change nothing: train anew with more training.earlyStopping.patience',
      })
    : new LatentkitError('E_USAGE', `${path}: this run is finished: its ${done} epochs are done`, {
        fix: `Go on with more of them: --epochs ${2 * done}`,
      });
}

/** Whether what is written of so many epochs when training is over is there. */
async function isWritten(
  files: RunFiles,
  { epochs, lastFile }: { epochs: number; lastFile: string },
): Promise<boolean> {
  for (const name of [lastFile, RUN_FILES.end]) if (!(await files.has(name))) return false;
  return (await readEnd(files)).epochs === epochs;
}

/**
 * Epochs are compared by the weights of the run's end, where schedules that go on beyond it stand elsewhere in a longer run.
 *
 * @throws `E_USAGE` naming the weight.
 */
function checkTargets(
  path: string,
  before: ExperimentConfig,
  { longer, dataset }: { longer: ExperimentConfig; dataset: Dataset<Examples> },
): void {
  const model = createModel(modelSpecOf(before, dataset.train.shape, dataset.columns));
  const [was, will] = [before, longer].map((config) => {
    const { epochs } = config.training;
    return scalarsAt(objectiveOf(config, model, dataset.train.count), epochs - 1, epochs);
  });
  for (const [name, value] of Object.entries(was!)) {
    if (will![name] === value) continue;
    throw new LatentkitError(
      'E_USAGE',
      `${path}: ${name} would end at ${will![name]} after ${longer.training.epochs} epochs, and those done were compared by ${value}`,
      { fix: 'Train anew: such a run would choose other epochs from the beginning' },
    );
  }
}

function notesOf(own: ExperimentConfig, longer: ExperimentConfig, made: number): string[] {
  const { epochs } = longer.training;
  const [before, after] = [settingsOf(own), settingsOf(longer)];
  const pinned = [...after.keys()].filter((name) => name.endsWith('.epochs') && !before.has(name));
  if (pinned.length === 0) return [];
  const names = pinned.map((name) => name.slice(0, -'.epochs'.length)).join(' and ');
  const [they, their] = pinned.length === 1 ? ['it keeps', 'its'] : ['they keep', 'their'];
  const rest =
    epochs < made ? `of which the run has ${epochs}` : `and ${their} end from then to epoch ${epochs}`;
  return [`${names} lasted as long as the run: ${they} the length of its ${made} epochs, ${rest}`];
}
