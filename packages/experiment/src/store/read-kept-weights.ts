import type { NamedArrays } from '@latentkit/core';
import { readCheckpoint, readSavedRun } from './read-saved-run.ts';
import type { RunSummary } from './read-summary.ts';
import type { RunFiles } from './run-store.ts';

export interface KeptWeights {
  readonly weights: NamedArrays;
  /** Whose they are; 0 before the first is done. A row of metrics may be newer: it is written before its checkpoint. */
  readonly epoch: number;
  /** Batches of the next epoch that they have learned from, too: where the last weights are kept, and a kill came within an epoch. */
  readonly batch: number;
}

/**
 * The kept weights of a run, from its model, or as far as it is, from its checkpoint.
 *
 * @param names the model's parameters.
 */
export async function readKeptWeights(
  files: RunFiles,
  { hasModel, config }: Pick<RunSummary, 'hasModel' | 'config'>,
  names: readonly string[],
): Promise<KeptWeights> {
  if (hasModel) {
    const { weights, epoch } = await readSavedRun(files);
    return { weights, epoch, batch: 0 };
  }
  const { weights, bestWeights, progress } = (await readCheckpoint(files)).checkpoint;
  const ofModel = (all: NamedArrays) => Object.fromEntries(names.map((name) => [name, all[name]!]));
  if (config.training.keep === 'last') {
    return { weights: ofModel(weights), epoch: progress.epoch, batch: progress.batch };
  }
  // Those of a checkpoint within an epoch are of no epoch that is done.
  return { weights: ofModel(bestWeights), epoch: progress.best?.epoch ?? 0, batch: 0 };
}
