import { type NamedArrays, Stream } from '@latentkit/core';
import { readBatches } from '@latentkit/datasets';
import type { TrainingState } from '../checkpoint/training-state.ts';
import type { TrainSettings } from '../train-options.ts';
import { prepareBatch, rangeOf } from './prepared-batch.ts';
import { unlessAborted } from './unless-aborted.ts';

/**
 * Before an epoch's first step: what an objective renews of its state, by the first images of the epoch's order. Done twice, it is what
 * it is done once, so that a run may be broken off right behind it.
 */
export async function renewState(
  { dataset, batchSize, seed, binarize, signal }: TrainSettings,
  { objective, session, progress: { epoch } }: TrainingState,
): Promise<void> {
  const { renewal } = objective;
  if (!renewal) return;
  const weights = session.read().parameters;
  if (!renewal.isDue(weights)) return;
  const range = rangeOf(objective);
  const outputs: NamedArrays[] = [];
  let images = 0;
  for (const read of readBatches(dataset.train, { batchSize, seed, epoch, binarize, range, keep: 2 })) {
    const batch = read instanceof Promise ? await unlessAborted(read, signal) : read;
    if (!batch || images >= renewal.images) break;
    const { inputs } = prepareBatch(objective, batch, { seed, stream: Stream.revival });
    outputs.push(await session.run(renewal.program, { inputs }));
    images += batch.size;
  }
  session.write({
    parameters: renewal.renew(weights, outputs, { seed, stream: Stream.revival, step: epoch }),
  });
}
