import { type Dataset, type Examples, LatentkitError, type NamedArrays } from '@latentkit/core';
import { anything, checkOptions, flagRule, type OptionRules, objectRule } from '@latentkit/core/options';
import { fingerprintWeights } from '@latentkit/formats';
import type { ExperimentConfig } from '../config-schema.ts';
import { parseConfig } from '../parse-config.ts';
import { checkRunDirectory, createRunDirectory } from './run-directory.ts';
import { type ExperimentEvent, WRITE_RUN_RULES, type WriteRunOptions, writeRun } from './write-run.ts';

export interface RunExperimentOptions extends WriteRunOptions {
  config: ExperimentConfig;
  dataset: Dataset<Examples>;
  /** The folder to make. */
  out: string;
  /** What it begins with, by parameter: those that the config's `start` speaks of. */
  weights?: NamedArrays;
  /** Replaces a run that is there, once the first epoch is done; until then the old one stays. */
  force?: boolean;
}

const RULES: OptionRules<RunExperimentOptions> = {
  config: anything,
  dataset: anything,
  out: anything,
  weights: objectRule,
  force: flagRule,
  ...WRITE_RUN_RULES,
};

/**
 * Trains what a config says and writes the run directory as it goes: metrics and a checkpoint after each epoch (and every
 * `checkpointMinutes` within one), then the model, the figures and the report. An event comes when its files are written. An
 * aborted run keeps its checkpoint and the model so far, and has no report: {@link resumeExperiment} goes on with it. A run that
 * comes to no checkpoint leaves no file.
 *
 * @throws before the folder is made: `E_CONFIG`, `E_RANGE`, `E_SHAPE` for options that no run can have, `E_USAGE` for weights that the config
 * does not speak of, `E_EXISTS` when
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
  const { config: given, out, force, weights, ...run } = options;
  const config = parseConfig(given);
  await checkStart(config, weights);
  await checkRunDirectory(out, { force });
  yield* writeRun({ ...run, config, weights, open: () => createRunDirectory(out, { force }) });
}

/** A config says all that decides a run: the weights that it begins with, too. */
async function checkStart({ start }: ExperimentConfig, weights: NamedArrays | undefined): Promise<void> {
  const usage = (words: string, fix: string) =>
    new LatentkitError('E_USAGE', `runExperiment: ${words}`, { fix });
  if (!weights) {
    if (!start) return;
    throw usage(
      `the config begins with the weights of ${start.from}, and none were given`,
      'Name them with --from (weights in a program), or leave start out of the config',
    );
  }
  const got = await fingerprintWeights(weights);
  if (start?.weights === got) return;
  throw usage(
    `the weights are ${got}, and the config ${start ? `begins with those of ${start.from}, ${start.weights}` : 'speaks of none'}`,
    'Give the weights whose fingerprint the start of the config is',
  );
}
