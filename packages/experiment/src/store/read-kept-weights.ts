import type { NamedArrays } from '@latentkit/core';
import { loadCheckpoint, loadRun } from './load-run.ts';
import type { RunRecord } from './read-run-record.ts';

export interface KeptWeights {
  readonly weights: NamedArrays;
  /** Whose they are; 0 before the first is done. A row of metrics may be newer: it is written before its checkpoint. */
  readonly epoch: number;
  /** Batches of the next epoch that they have learned from, too: where the last weights are kept, and a kill came within an epoch. */
  readonly batch: number;
}

/** The kept weights of a run, from its model, or as far as it is, from its checkpoint. */
export async function readWeights(
  { directory, hasModel, config }: RunRecord,
  names: readonly string[],
): Promise<KeptWeights> {
  if (hasModel) {
    const run = await loadRun(directory);
    run.dispose();
    return { weights: run.weights, epoch: run.epoch, batch: 0 };
  }
  const { weights, bestWeights, progress } = await loadCheckpoint(directory);
  const ofModel = (all: NamedArrays) => Object.fromEntries(names.map((name) => [name, all[name]!]));
  if (config.training.keep === 'last') {
    return { weights: ofModel(weights), epoch: progress.epoch, batch: progress.batch };
  }
  // Those of a checkpoint within an epoch are of no epoch that is done.
  return { weights: ofModel(bestWeights), epoch: progress.best?.epoch ?? 0, batch: 0 };
}
