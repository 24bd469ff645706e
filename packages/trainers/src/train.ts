import { normalRows, Stream, sizeOfShape } from '@latentkit/core';
import { batches } from '@latentkit/datasets';
import { parametersToArrays } from '@latentkit/models';
import { dispose } from '@tensorflow/tfjs-core';
import { batchTensors } from './batch-tensors.ts';
import { createBreather } from './breathe.ts';
import { checkTrainOptions } from './check-train-options.ts';
import { evaluateLoss } from './evaluate-loss.ts';
import { finishEpoch } from './finish-epoch.ts';
import { type EpochMetrics, lossMetrics } from './metrics.ts';
import { createObjective } from './objective.ts';
import { createOptimizer } from './optimizers/create-optimizer.ts';
import { scheduleAt } from './schedule.ts';
import type { TrainOptions } from './train-options.ts';
import { trainStep } from './train-step.ts';
import type { EndEvent, TrainingEvent } from './training-event.ts';
import { beginState, disposeState, type TrainingState, takeCheckpoint } from './training-state.ts';

/**
 * Trains a model on the current tfjs backend, telling what happens as it happens.
 *
 * The same options give the same weights: order and noise come from the seed, the epoch and the step alone. Stops after
 * `epochs`, or when early stopping says so, or when the signal is aborted (then with a checkpoint from which the same
 * options go on to the same weights). Leaving the loop (`break`) frees all tensors.
 *
 * @throws `E_RANGE`, `E_SHAPE`, `E_USAGE` for options no run can have; `E_NOT_FINITE` when the loss becomes NaN.
 * @example
 * for await (const event of train({ model, dataset, epochs: 10, batchSize: 128, seed: 42 })) {
 *   if (event.type === 'epoch') console.log(event.epoch, event.loss, event.valLoss);
 *   if (event.type === 'end') weights = event.weights;
 * }
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainingEvent, void, undefined> {
  checkTrainOptions(options);
  const { model, dataset, epochs, seed = 0, signal, checkpoint } = options;
  const optimizer = createOptimizer(options.optimizer ?? { name: 'adam' });
  const objective = createObjective(model);
  const state = beginState(model, optimizer, seed, checkpoint);
  try {
    const batchCount = Math.ceil(dataset.train.count / options.batchSize);
    yield {
      type: 'start',
      epochs,
      batches: batchCount,
      trainImages: dataset.train.count,
      validationImages: dataset.validation.count,
      parameters: Object.values(state.tensors.parameters).reduce(
        (total, { shape }) => total + sizeOfShape(shape),
        0,
      ),
    };
    let reason: EndEvent['reason'] = 'completed';
    while (reason === 'completed' && state.progress.epoch < epochs) {
      const metrics = yield* runEpoch(options, { objective, optimizer, state, batchCount });
      if (metrics === undefined) {
        reason = 'aborted';
      } else {
        if (finishEpoch(state, options, metrics).stop) reason = 'stoppedEarly';
        yield { type: 'epoch', ...metrics };
        if (signal?.aborted) reason = 'aborted';
      }
      yield { type: 'checkpoint', checkpoint: takeCheckpoint(state) };
    }
    yield endEvent(options, state, reason);
  } finally {
    disposeState(state);
  }
}

interface EpochContext {
  objective: ReturnType<typeof createObjective>;
  optimizer: ReturnType<typeof createOptimizer>;
  state: TrainingState;
  batchCount: number;
}

/** The rest of the epoch under way; undefined when the signal was aborted before its end. */
async function* runEpoch(
  options: TrainOptions,
  { objective, optimizer, state, batchCount }: EpochContext,
): AsyncGenerator<TrainingEvent, EpochMetrics | undefined, undefined> {
  const {
    dataset,
    batchSize,
    seed = 0,
    clip,
    signal,
    binarize = 'none',
    now = () => performance.now(),
  } = options;
  const { epoch, batch: startBatch } = state.progress;
  const beta = scheduleAt(options.beta ?? 1, epoch);
  const learningRate = learningRateOf(options, state);
  const range = objective.likelihood.dataRange;
  const breathe = createBreather(now);
  const started = now();
  for (const batch of batches(dataset.train, {
    batchSize,
    seed,
    epoch,
    shuffle: true,
    binarize,
    startBatch,
    range,
  })) {
    if (signal?.aborted) return undefined;
    const step = state.progress.step + 1;
    const noise = normalRows(batch.size, objective.noiseSize, { seed, stream: Stream.latentNoise, step });
    const tensors = batchTensors(batch, noise);
    try {
      const position = { learningRate, step, beta, clip };
      const { metrics, next } = trainStep(
        objective,
        optimizer,
        state.tensors,
        tensors.images,
        tensors.noise,
        position,
      );
      state.tensors = next;
      const { sums, batch: done } = state.progress;
      const added = {
        reconstruction: sums.reconstruction + metrics.reconstruction,
        kl: sums.kl + (metrics.kl ?? 0),
      };
      state.progress = { ...state.progress, step, batch: done + 1, sums: added };
      const at = { epoch: epoch + 1, batch: done + 1, batches: batchCount, images: batch.size, step };
      yield { type: 'step', ...at, ...metrics, learningRate };
    } finally {
      dispose([tensors.images, tensors.noise]);
    }
    await breathe();
  }
  const { sums } = state.progress;
  const kl = objective.noiseSize > 0 ? sums.kl / batchCount : undefined;
  const trained = lossMetrics(sums.reconstruction / batchCount, kl, beta);
  const validation = evaluateLoss(objective, state.tensors.parameters, dataset.validation, { beta, seed });
  return {
    epoch: epoch + 1,
    ...trained,
    valLoss: validation.loss,
    valReconstruction: validation.reconstruction,
    ...(validation.kl !== undefined && { valKl: validation.kl }),
    ...{ learningRate, beta, seconds: (now() - started) / 1000 },
  };
}

/** The schedule's rate, lowered by the plateau rule, but not below its least. */
function learningRateOf(
  { learningRate = 1e-3, reduceOnPlateau }: TrainOptions,
  { progress }: TrainingState,
): number {
  const scheduled = scheduleAt(learningRate, progress.epoch);
  const { scale } = progress.plateau;
  return scale === 1 ? scheduled : Math.max(reduceOnPlateau?.minLearningRate ?? 0, scheduled * scale);
}

function endEvent(
  { keep = 'best' }: TrainOptions,
  state: TrainingState,
  reason: EndEvent['reason'],
): EndEvent {
  const { best, epoch, history } = state.progress;
  const useBest = keep === 'best' && best !== null && state.bestWeights !== undefined;
  return {
    type: 'end',
    reason,
    epoch: useBest ? best.epoch : epoch,
    weights: useBest ? state.bestWeights! : parametersToArrays(state.tensors.parameters),
    history,
  };
}
