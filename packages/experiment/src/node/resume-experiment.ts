import { join } from 'node:path';
import { type Dataset, type Examples, LatentkitError } from '@latentkit/core';
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
import type { ExperimentConfig } from '../config-schema.ts';
import { RUN_FILES } from '../files/run-files.ts';
import { planContinuation } from '../store/plan-continuation.ts';
import { readRunConfig } from '../store/read-run-file.ts';
import { tidyAbandonedRun } from './find-run.ts';
import { openRunDirectory } from './run-directory.ts';
import { checkFolder, runFolder } from './run-folder.ts';
import { checkUnlocked } from './run-lock.ts';
import { type ExperimentEvent, WRITE_RUN_RULES, type WriteRunOptions, writeRun } from './write-run.ts';

export interface ResumeExperimentOptions extends WriteRunOptions {
  /** The run's folder. */
  directory: string;
  /** The data that it was made with: `loadRunDataset` has them. */
  dataset: Dataset<Examples>;
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
    const plan = await planContinuation(runFolder(path), {
      dataset,
      epochs,
      config: believed,
      lastFile: RUN_FILES.report,
    });
    yield* writeRun({ ...rest, ...plan, dataset, open: async () => directory });
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
  return readRunConfig(runFolder(directory));
}

/** Says plainly what there is instead. */
async function checkHasCheckpoint(path: string): Promise<void> {
  await checkUnlocked(path);
  const hadConfig = await isThere(join(path, RUN_FILES.config)); // a run that is nothing but its beginning is tidied away
  await tidyAbandonedRun(path);
  if (await isThere(join(path, RUN_FILES.checkpoint))) return;
  await checkFolder(path);
  throw hadConfig
    ? new LatentkitError(
        'E_NOT_FOUND',
        `${path}: this run came to no checkpoint: there is nothing to go on from`,
        {
          fix: 'Train it anew, or go on from a model that is there in a new run: train --from',
        },
      )
    : new LatentkitError('E_NOT_FOUND', `${path} holds no run to go on with`, {
        fix: 'Name the folder that the run was written to',
      });
}
