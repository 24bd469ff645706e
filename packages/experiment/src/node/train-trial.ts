import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { type Dataset, type Examples, LatentkitError } from '@latentkit/core';
import {
  checkOptions,
  flagRule,
  functionRule,
  needed,
  type OptionRules,
  objectRule,
  pathRule,
  textRule,
  whole,
} from '@latentkit/core/options';
import { fingerprintWeights } from '@latentkit/formats';
import { isThere } from '@latentkit/formats/node';
import type { Checkpoint, MetricsRow } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { RUN_FILES } from '../files/run-files.ts';
import { judgeRow } from '../sweep/judge-row.ts';
import { loadCheckpoint } from './load-run.ts';
import { resumeExperiment } from './resume-experiment.ts';
import { runExperiment } from './run-experiment.ts';
import { type ExperimentEvent, WRITE_RUN_RULES, type WriteRunOptions } from './write-run.ts';

export interface TrainTrialOptions extends Pick<WriteRunOptions, 'workers' | 'signal' | 'onNote'> {
  /** Of the whole run: a trial that stops earlier is one that was interrupted. */
  config: ExperimentConfig;
  dataset: Dataset<Examples>;
  /** The run's folder, empty or not there. */
  folder: string;
  /** Stops after so many epochs, those done before included. */
  epochs: number;
  /** What it is judged by: `'elbo'`, or a column. */
  judge: string;
  /** The folder of a run of the same config, to go on from; it stays as it is. */
  from?: string;
  /** Draws figures and report of a run that is at its end. */
  isReported?: boolean;
  /** Hears of each step: that training is alive. */
  onStep?: () => void;
  /** Hears of each epoch, when its checkpoint is written. */
  onEpoch?: (epoch: number, value: number) => Promise<void> | void;
}

/** What came of a trial: the same of the same config, whoever trained it in how many pieces. */
export interface TrialResult {
  /** Epochs done: fewer than asked for where it stopped early or failed. */
  readonly epochs: number;
  /** By the judge, of the kept weights; null where training failed. */
  readonly value: number | null;
  /** By the judge, after each epoch from the first. */
  readonly values: readonly number[];
  readonly keptEpoch: number;
  readonly reconstruction?: number;
  readonly kl?: number;
  /** SHA-256 of the kept weights as a safetensors file; empty where there are none. */
  readonly weights: string;
  /** Why training failed. */
  readonly failure?: string;
}

const RULES: OptionRules<TrainTrialOptions> = {
  config: needed(objectRule),
  dataset: needed(objectRule),
  folder: needed(pathRule),
  epochs: needed(whole(1)),
  judge: needed(textRule),
  from: pathRule,
  isReported: flagRule,
  onStep: functionRule,
  onEpoch: functionRule,
  workers: WRITE_RUN_RULES.workers,
  signal: WRITE_RUN_RULES.signal,
  onNote: WRITE_RUN_RULES.onNote,
};

/** Where a trial stands after an epoch. */
interface Standing {
  readonly history: readonly MetricsRow[];
  readonly keptEpoch: number;
  readonly weights: Checkpoint['weights'];
}

/**
 * Trains a trial of a sweep until an epoch: anew, or on from where another run of its config came to. A run that was trained in pieces has
 * the weights of one that was not, as each piece but the last is an interruption.
 *
 * Training that becomes NaN is a result, not an error: such settings are bad ones.
 *
 * @throws as `runExperiment` and `resumeExperiment`; `E_CONFIG` for a judge that the objective does not know; the signal's reason.
 * @example
 * const first = await trainTrial({ config, dataset, folder: 'a', epochs: 1, judge: 'elbo' });
 * const third = await trainTrial({ config, dataset, folder: 'b', from: 'a', epochs: 3, judge: 'elbo' });
 */
export async function trainTrial(options: TrainTrialOptions): Promise<TrialResult> {
  checkOptions('trainTrial', options, RULES);
  const { config, folder, from, epochs, judge, isReported = false, signal, onStep, onEpoch } = options;
  let standing: Standing | undefined;
  if (from !== undefined) await cp(from, folder, { recursive: true });
  const isBegun = await isThere(join(folder, RUN_FILES.checkpoint));
  if (isBegun) {
    const before = await loadCheckpoint(folder);
    const { epoch, batch } = before.progress;
    if (epoch > epochs || (epoch === epochs && batch > 0)) {
      throw new LatentkitError('E_USAGE', `trainTrial: ${folder} was trained beyond epoch ${epochs} already`);
    }
    standing = standingOf(before, config);
    if (epoch === epochs && epochs < config.training.epochs) return resultOf(standing, judge);
  }
  try {
    for await (const event of eventsOf(options, isBegun)) {
      if (event.type === 'step') onStep?.();
      if (event.type === 'checkpoint' && event.checkpoint.progress.batch === 0) {
        standing = standingOf(event.checkpoint, config);
        const { epoch } = event.checkpoint.progress;
        await onEpoch?.(epoch, judgeRow(standing.history.at(-1)!, judge));
        if (epoch >= epochs && epochs < config.training.epochs) break;
      }
      if (event.type === 'end' && event.reason !== 'aborted') {
        const { history, epoch, weights } = event;
        standing = { history, keptEpoch: epoch, weights };
        if (!isReported) break;
      }
    }
  } catch (error) {
    if (!(error instanceof LatentkitError) || error.code !== 'E_NOT_FINITE') throw error;
    const failure = error.message;
    const values = standing?.history.map((row) => judgeRow(row, judge)) ?? [];
    return { epochs: values.length, value: null, values, keptEpoch: 0, weights: '', failure };
  }
  signal?.throwIfAborted();
  if (!standing) throw new LatentkitError('E_IO', `trainTrial: ${folder}: training came to no epoch`);
  return resultOf(standing, judge);
}

function eventsOf(
  { config, dataset, folder, workers, signal, onNote }: TrainTrialOptions,
  isBegun: boolean,
): AsyncGenerator<ExperimentEvent> {
  const run = { dataset, config, workers, signal, ...(onNote && { onNote }) };
  return isBegun ? resumeExperiment({ ...run, directory: folder }) : runExperiment({ ...run, out: folder });
}

function standingOf(
  { progress, weights, bestWeights }: Checkpoint,
  { training }: ExperimentConfig,
): Standing {
  const { best, epoch, history } = progress;
  return training.keep === 'last' || !best
    ? { history, keptEpoch: epoch, weights }
    : { history, keptEpoch: best.epoch, weights: bestWeights };
}

async function resultOf({ history, keptEpoch, weights }: Standing, judge: string): Promise<TrialResult> {
  const kept = history.find(({ epoch }) => epoch === keptEpoch)!;
  const { valReconstruction: reconstruction, valKl: kl } = kept;
  return {
    epochs: history.length,
    value: judgeRow(kept, judge),
    values: history.map((row) => judgeRow(row, judge)),
    keptEpoch,
    ...(reconstruction !== undefined && { reconstruction }),
    ...(kl !== undefined && { kl }),
    weights: await fingerprintWeights(weights),
  };
}
