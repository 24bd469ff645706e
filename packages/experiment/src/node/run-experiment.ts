import type { Dataset } from '@latentkit/core';
import { anything, checkOptions, flagRule, type OptionRules } from '@latentkit/core/options';
import type { ExperimentConfig } from '../config-schema.ts';
import { parseConfig } from '../parse-config.ts';
import { checkRunDirectory, createRunDirectory } from './run-directory.ts';
import { type ExperimentEvent, WRITE_RUN_RULES, type WriteRunOptions, writeRun } from './write-run.ts';

export interface RunExperimentOptions extends WriteRunOptions {
  config: ExperimentConfig;
  dataset: Dataset;
  /** The folder to make. */
  out: string;
  /** Replaces a run that is there, once the first epoch is done; until then the old one stays. */
  force?: boolean;
}

const RULES: OptionRules<RunExperimentOptions> = {
  config: anything,
  dataset: anything,
  out: anything,
  force: flagRule,
  ...WRITE_RUN_RULES,
};

/**
 * Trains what a config says and writes the run directory as it goes: metrics and a checkpoint after each epoch (and every
 * `checkpointMinutes` within one), then the model, the figures and the report. An event comes when its files are written. An
 * aborted run keeps its checkpoint and the model so far, and has no report: {@link resumeExperiment} goes on with it. A run that
 * comes to no checkpoint leaves no file.
 *
 * @throws before the folder is made: `E_CONFIG`, `E_RANGE`, `E_SHAPE` for options that no run can have, `E_EXISTS` when
 * `out` holds a run or one is being written there, `E_BACKEND` where WebAssembly SIMD is missing. Later: `E_NOT_FINITE`
 * when the loss becomes NaN, `E_IO` when the disk refuses or the folder is deleted, moved or replaced; the message says
 * which checkpoint there is.
 * @example
 * for await (const event of runExperiment({ config, dataset, out: 'runs/first' })) {
 *   if (event.type === 'epoch') console.log(event.epoch, event.valLoss);
 * }
 */
export async function* runExperiment(
  options: RunExperimentOptions,
): AsyncGenerator<ExperimentEvent, void, undefined> {
  checkOptions('runExperiment', options, RULES);
  const { config: given, out, force, ...run } = options;
  const config = parseConfig(given);
  await checkRunDirectory(out, { force });
  yield* writeRun({ ...run, config, open: () => createRunDirectory(out, { force }) });
}
