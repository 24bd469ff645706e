import { normalRows, Stream, scheduleAt } from '@latentkit/core';
import { batches } from '@latentkit/datasets';
import { createBreather } from './breathe.ts';
import { scaledLearningRate } from './callbacks/reduce-on-plateau.ts';
import { evaluateBy } from './evaluate-loss.ts';
import { type EpochMetrics, type LossMetrics, lossMetrics } from './metrics.ts';
import { notFinite } from './not-finite.ts';
import type { Objective } from './objective.ts';
import { prepareBatch } from './prepared-batch.ts';
import type { TrainSettings } from './train-options.ts';
import type { StepEvent } from './training-event.ts';
import type { TrainingState } from './training-state.ts';

/** What stays the same from epoch to epoch, and the state, which does not. */
export interface EpochContext {
  objective: Objective;
  state: TrainingState;
  batchCount: number;
}

/**
 * The rest of the epoch under way: a step a batch, then the validation loss.
 *
 * @returns undefined when the signal was aborted before the end; a resumed epoch goes on where this one stopped, at its
 * validation if all batches are done.
 * @throws `E_NOT_FINITE` when a loss is NaN or infinite.
 */
export async function* runEpoch(
  settings: TrainSettings,
  { objective, state, batchCount }: EpochContext,
): AsyncGenerator<StepEvent, EpochMetrics | undefined, undefined> {
  const { dataset, batchSize, seed, clip, signal, binarize, now } = settings;
  const { epoch, batch: startBatch, plateau } = state.progress;
  const beta = scheduleAt(settings.beta, epoch, settings.epochs);
  const scheduled = scheduleAt(settings.learningRate, epoch, settings.epochs);
  const learningRate = scaledLearningRate(scheduled, plateau, settings.reduceOnPlateau);
  const range = objective.likelihood.dataRange;
  const breathe = createBreather(now);
  const started = now();
  const { noiseSize } = objective;
  let step = state.progress.step;
  /** The next batch and its noise; made while the one before is computed. */
  const cut = batches(dataset.train, { batchSize, seed, epoch, binarize, startBatch, range });
  const prepareNext = () => {
    const { value: batch, done } = cut.next();
    if (done) return undefined;
    step++;
    return prepareBatch(batch, normalRows(batch.size, noiseSize, { seed, stream: Stream.latentNoise, step }));
  };
  for (let batch = prepareNext(); batch; ) {
    if (signal?.aborted) return undefined;
    const { sums, batch: before, step: stepBefore } = state.progress;
    const position = { learningRate, step: stepBefore + 1, beta, clip };
    const running = state.engine.step(batch, position);
    const [next, metrics] = [prepareNext(), await running];
    state.progress = {
      ...state.progress,
      step: position.step,
      batch: before + 1,
      sums: {
        reconstruction: sums.reconstruction + metrics.reconstruction,
        kl: sums.kl + (metrics.kl ?? 0),
      },
    };
    const at = { epoch: epoch + 1, batch: before + 1, batches: batchCount, step: position.step };
    yield { type: 'step', ...at, images: batch.images.shape[0]!, ...metrics, learningRate };
    await breathe();
    batch = next;
  }
  const { sums } = state.progress;
  const kl = objective.noiseSize > 0 ? sums.kl / batchCount : undefined;
  const trained = lossMetrics(sums.reconstruction / batchCount, kl, beta);
  const validation = await validate(settings, objective, state, beta);
  if (!validation) return undefined;
  if (!Number.isFinite(validation.loss)) {
    throw notFinite(
      `the validation loss became ${validation.loss} after epoch ${epoch + 1} (learning rate ${learningRate})`,
    );
  }
  return {
    epoch: epoch + 1,
    ...trained,
    valLoss: validation.loss,
    valReconstruction: validation.reconstruction,
    ...(validation.kl !== undefined && { valKl: validation.kl }),
    ...{ learningRate, beta, seconds: (now() - started) / 1000 },
  };
}

/** The validation loss; undefined when the signal was aborted meanwhile. */
async function validate(
  { dataset, seed, binarize, signal, now }: TrainSettings,
  objective: Objective,
  { engine }: TrainingState,
  beta: number,
): Promise<LossMetrics | undefined> {
  const coins = binarize === 'none' ? 'none' : 'fixed'; // the same in each epoch
  const options = { beta, seed, binarize: coins, signal, now } as const;
  try {
    return await evaluateBy(engine.terms, objective, dataset.validation, options);
  } catch (error) {
    if (signal?.aborted && error === signal.reason) return undefined;
    throw error;
  }
}
