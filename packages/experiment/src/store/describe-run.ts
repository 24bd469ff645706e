import { LatentkitError } from '@latentkit/core';
import { RUN_FILES } from '../files/run-files.ts';
import { type RunSummary, readSummary } from './read-summary.ts';
import type { RunFiles } from './run-store.ts';

/** What a list says of a run. */
export type RunDescription = {
  /** ISO 8601: when its training ended, or something of it was last written. */
  readonly at: string;
} & (
  | {
      readonly state: RunSummary['state'];
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

/** What a run's small files say of it in short; of a damaged one, why. Changes nothing. */
export async function describeRun(files: RunFiles): Promise<RunDescription> {
  try {
    const { config, history, state, keptEpoch, end } = await readSummary(files);
    const kept = history.find(({ epoch }) => epoch === keptEpoch);
    return {
      ...{ state, recipe: config.recipe, dataset: config.dataset.name },
      ...{ epochs: history.length, of: config.training.epochs },
      ...(kept && { keptEpoch, valLoss: kept.valLoss }),
      seconds: history.reduce((sum, { seconds }) => sum + seconds, 0),
      canResume: state === 'stopped' && (await files.has(RUN_FILES.checkpoint)),
      at: end?.finishedAt ?? (await lastWritten(files)),
    };
  } catch (error) {
    if (!(error instanceof LatentkitError)) throw error;
    return { state: 'damaged', why: error.message, at: await lastWritten(files) };
  }
}

/** Newest first; those of one moment by their names, backwards. */
export function byTime<Run extends { readonly at: string }>(
  runs: readonly Run[],
  nameOf: (run: Run) => string,
): Run[] {
  const newest = (a: string, b: string) => (a === b ? 0 : a < b ? 1 : -1);
  return [...runs].sort((a, b) => newest(a.at, b.at) || newest(nameOf(a), nameOf(b)));
}

async function lastWritten(files: RunFiles): Promise<string> {
  const found = await files.list([RUN_FILES.config, RUN_FILES.metrics]);
  return new Date(Math.max(0, ...found.map(({ modified }) => modified))).toISOString();
}
