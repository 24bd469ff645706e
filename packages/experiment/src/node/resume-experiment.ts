import { join } from 'node:path';
import { type Dataset, LatentkitError } from '@latentkit/core';
import {
  checkOptions,
  checkValue,
  needed,
  type OptionRules,
  objectRule,
  pathRule,
  whole,
} from '@latentkit/core/options';
import { isThere } from '@latentkit/formats/node';
import { createModel } from '@latentkit/models';
import { scalarsAt } from '@latentkit/objectives';
import { type Checkpoint, isOutOfPatience } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { parseRunEnd } from '../files/run-end.ts';
import { RUN_FILES } from '../files/run-files.ts';
import { modelSpecOf } from '../model-spec-of.ts';
import { objectiveOf } from '../objective-of.ts';
import { parseConfig } from '../parse-config.ts';
import { pinSchedules } from '../pin-schedules.ts';
import { differencesOf, settingsOf } from '../settings-of.ts';
import { tidyAbandonedRun } from './find-run.ts';
import { checkRunData, readCheckpoint } from './load-run.ts';
import { readRunJson } from './read-run-file.ts';
import { openRunDirectory } from './run-directory.ts';
import { checkUnlocked } from './run-lock.ts';
import { type ExperimentEvent, WRITE_RUN_RULES, type WriteRunOptions, writeRun } from './write-run.ts';

export interface ResumeExperimentOptions extends WriteRunOptions {
  /** The run's folder. */
  directory: string;
  /** The data that it was made with: `loadRunDataset` has them. */
  dataset: Dataset;
  /** The epoch to stop after, those done included; the run's own by default. */
  epochs?: number;
  /** The config that the run is believed to have: refused where it differs in what decides weights. */
  config?: ExperimentConfig;
}

const RULES: OptionRules<ResumeExperimentOptions> = {
  directory: needed(pathRule),
  dataset: needed(objectRule),
  epochs: whole(1),
  config: objectRule,
  ...WRITE_RUN_RULES,
};

/**
 * Goes on with a run from its checkpoint, in its folder, to the bytes that it would have come to uninterrupted: after a stop or a
 * kill at any moment, on any number of threads. With more `epochs`, schedules that lasted as long as the run keep their length,
 * in its config, too. A run that was killed when training was over gets its figures and report.
 *
 * The events are those of {@link runExperiment}; the start event says where it goes on (`resumes`).
 *
 * @throws before anything is changed: `E_NOT_FOUND` where there is no checkpoint to go on from; `E_EXISTS` while another process
 * writes the run; `E_USAGE` naming what differs for other data, or a config that was changed since; `E_USAGE` for a run that is
 * finished or had more epochs already; `E_FORMAT`, `E_CONFIG`, `E_NOT_FINITE` for damaged files. Later: as {@link runExperiment}.
 * @example
 * const dataset = await loadRunDataset('runs/first');
 * for await (const event of resumeExperiment({ directory: 'runs/first', dataset, epochs: 20 })) {
 *   if (event.type === 'epoch') console.log(event.epoch, event.valLoss);
 * }
 */
export async function* resumeExperiment(
  options: ResumeExperimentOptions,
): AsyncGenerator<ExperimentEvent, void, undefined> {
  checkOptions('resumeExperiment', options, RULES);
  const { directory: path, dataset, epochs, config: believed, ...rest } = options;
  await checkHasCheckpoint(path);
  const directory = await openRunDirectory(path);
  try {
    const { checkpoint, config: own, takenIn = own } = await readCheckpoint(path);
    const made = takenIn.training.epochs;
    checkSameConfig(own, takenIn, {
      made,
      says: `${path}: ${RUN_FILES.config} was changed`,
      fix: 'Put it back',
    });
    if (believed) {
      const [says, fix] = [`${path} goes on as it was made`, 'Leave that out, or train anew'];
      checkSameConfig(parseConfig(believed), takenIn, { made, says, fix });
    }
    await checkRunData(path, dataset);
    const { training } = own;
    const wanted = epochs ?? training.epochs;
    const config = wanted === made ? own : pinSchedules(own, made);
    const longer = { ...config, training: { ...config.training, epochs: wanted } };
    await checkLeft(path, longer, checkpoint);
    if (wanted !== made) checkTargets(path, takenIn, { longer, dataset });
    yield* writeRun({
      ...rest,
      ...{ config: longer, dataset, checkpoint, open: async () => directory },
      notes: notesOf(own, longer, made),
    });
  } finally {
    await directory.close();
  }
}

/**
 * Makes sure that there is a run to go on with, before its data are loaded.
 *
 * @returns its config.
 * @throws `E_NOT_FOUND` where there is none, or no checkpoint; `E_EXISTS` while another process writes it; `E_FORMAT`, `E_CONFIG` for
 * a damaged config.
 * @example
 * const { training } = await checkResumable('runs/first');
 */
export async function checkResumable(directory: string): Promise<ExperimentConfig> {
  checkValue('checkResumable', 'directory', directory, pathRule);
  await checkHasCheckpoint(directory);
  return parseConfig(await readRunJson(directory, RUN_FILES.config), join(directory, RUN_FILES.config));
}

/** Says plainly what there is instead. */
async function checkHasCheckpoint(path: string): Promise<void> {
  await checkUnlocked(path);
  const hadConfig = await isThere(join(path, RUN_FILES.config)); // a run that is nothing but its beginning is tidied away
  await tidyAbandonedRun(path);
  if (await isThere(join(path, RUN_FILES.checkpoint))) return;
  throw hadConfig
    ? new LatentkitError(
        'E_NOT_FOUND',
        `${path}: this run came to no checkpoint: there is nothing to go on from`,
        {
          fix: 'Train it anew',
        },
      )
    : new LatentkitError('E_NOT_FOUND', `${path} holds no run to go on with`, {
        fix: 'Name the folder that the run was written to',
      });
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
  path: string,
  { training: { epochs, earlyStopping } }: ExperimentConfig,
  { progress }: Checkpoint,
): Promise<void> {
  const done = progress.epoch;
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
  if ((!isOver && done < epochs) || !(await isWritten(path, done))) return;
  throw isOver
    ? new LatentkitError('E_USAGE', `${path}: this run stopped early, after epoch ${done}, and is finished`, {
        fix: 'More epochs would change nothing: train anew with more training.earlyStopping.patience',
      })
    : new LatentkitError('E_USAGE', `${path}: this run is finished: its ${done} epochs are done`, {
        fix: `Go on with more of them: --epochs ${2 * done}`,
      });
}

/** Whether the report of so many epochs is there: it is written last, and goes when the model is written anew. */
async function isWritten(path: string, epochs: number): Promise<boolean> {
  for (const name of [RUN_FILES.report, RUN_FILES.end]) if (!(await isThere(join(path, name)))) return false;
  const end = parseRunEnd(await readRunJson(path, RUN_FILES.end), join(path, RUN_FILES.end));
  return end.epochs === epochs;
}

/**
 * Epochs are compared by the weights of the run's end, where schedules that go on beyond it stand elsewhere in a longer run.
 *
 * @throws `E_USAGE` naming the weight.
 */
function checkTargets(
  path: string,
  before: ExperimentConfig,
  { longer, dataset }: { longer: ExperimentConfig; dataset: Dataset },
): void {
  const model = createModel(modelSpecOf(before, dataset.train.shape));
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
