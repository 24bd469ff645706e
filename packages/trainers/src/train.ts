import { sizeOfShape } from '@latentkit/core';
import { countBatches } from '@latentkit/datasets';
import { isOutOfPatience } from './callbacks/early-stopping.ts';
import { checkCheckpoint } from './check-checkpoint.ts';
import { checkTrainOptions } from './check-train-options.ts';
import { finishEpoch } from './finish-epoch.ts';
import { createObjective } from './objective.ts';
import { createOptimizer } from './optimizers/create-optimizer.ts';
import { runEpoch } from './run-epoch.ts';
import { type TrainOptions, type TrainSettings, withDefaults } from './train-options.ts';
import type { EndEvent, StartEvent, TrainingEvent } from './training-event.ts';
import { beginState, type TrainingState, takeCheckpoint } from './training-state.ts';

/**
 * Trains a model on the current tfjs backend or on an accelerator, telling what happens as it happens.
 *
 * Minimises `reconstruction + beta * kl`, mean over a batch's images. The same options give the same weights: order and
 * noise come from the seed, the epoch and the step alone. Stops after `epochs`, or when early stopping says so, or when
 * the signal is aborted: then with a checkpoint from which the same options go on to the same weights. A checkpoint also
 * follows each epoch. Leaving the loop (`break`) frees all tensors.
 *
 * @throws `E_RANGE`, `E_SHAPE`, `E_UNKNOWN_NAME` for options no run can have; `E_USAGE` for a checkpoint of another run;
 * `E_NOT_FINITE` when the loss becomes NaN or infinite: the checkpoints given before stay good.
 * @example
 * for await (const event of train({ model, dataset, epochs: 10, batchSize: 128, seed: 42 })) {
 *   if (event.type === 'epoch') console.log(event.epoch, event.loss, event.valLoss);
 *   if (event.type === 'end') weights = event.weights;
 * }
 * @see Kingma & Welling: "Auto-Encoding Variational Bayes" (2014), algorithm 1; Higgins et al.: "beta-VAE" (2017)
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainingEvent, void, undefined> {
  const settings = withDefaults(options);
  checkTrainOptions(settings);
  const { model, dataset, batchSize, seed, signal, checkpoint, accelerator } = settings;
  const optimizer = createOptimizer(settings.optimizer);
  const objective = createObjective(model);
  const batchCount = countBatches(dataset.train.count, { batchSize });
  if (checkpoint) {
    checkCheckpoint(checkpoint, { seed, parameterShapes: model.parameterShapes, optimizer, batchCount });
  }
  const state = await beginState(objective, optimizer, { seed, checkpoint, accelerator });
  try {
    yield startEvent(settings, batchCount);
    let reason = reasonToEnd(settings, state);
    while (reason === undefined) {
      const metrics = yield* runEpoch(settings, { objective, state, batchCount });
      if (metrics) {
        finishEpoch(state, settings, metrics);
        yield { type: 'epoch', ...metrics };
      }
      yield { type: 'checkpoint', checkpoint: takeCheckpoint(state) };
      reason = reasonToEnd(settings, state) ?? (signal?.aborted ? 'aborted' : undefined);
    }
    yield endEvent(settings, state, reason);
  } finally {
    state.engine.close();
  }
}

/** Why a run has come to its end by itself; it may have done so before its checkpoint already. */
function reasonToEnd(
  { epochs, earlyStopping }: TrainSettings,
  { progress }: TrainingState,
): EndEvent['reason'] | undefined {
  if (earlyStopping && isOutOfPatience(earlyStopping, progress.earlyStopping)) return 'stoppedEarly';
  return progress.epoch >= epochs ? 'completed' : undefined;
}

function startEvent({ model, dataset, epochs }: TrainSettings, batches: number): StartEvent {
  return {
    type: 'start',
    epochs,
    batches,
    trainImages: dataset.train.count,
    validationImages: dataset.validation.count,
    parameters: Object.values(model.parameterShapes).reduce((sum, shape) => sum + sizeOfShape(shape), 0),
  };
}

function endEvent(
  { keep }: TrainSettings,
  { progress, engine, bestWeights }: TrainingState,
  reason: EndEvent['reason'],
): EndEvent {
  const { best, epoch, history } = progress;
  if (keep === 'best' && best && bestWeights) {
    return { type: 'end', reason, epoch: best.epoch, weights: bestWeights, history };
  }
  return { type: 'end', reason, epoch, weights: engine.read().weights, history };
}
