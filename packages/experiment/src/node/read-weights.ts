import type { NamedArrays } from '@latentkit/core';
import { loadCheckpoint, loadRun } from './load-run.ts';
import type { RunRecord } from './read-run-record.ts';

/** The kept weights of a run, from its model, or as far as it is, from its checkpoint. */
export async function readWeights(
  { directory, hasModel, config }: RunRecord,
  names: readonly string[],
): Promise<NamedArrays> {
  if (hasModel) {
    const run = await loadRun(directory);
    run.dispose();
    return run.weights;
  }
  const checkpoint = await loadCheckpoint(directory);
  // Those of a checkpoint within an epoch are of no epoch that is done.
  const kept = config.training.keep === 'last' ? checkpoint.weights : checkpoint.bestWeights;
  return Object.fromEntries(names.map((name) => [name, kept[name]!]));
}
