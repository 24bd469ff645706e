import { parametersToArrays } from '@latentkit/models';
import { isBetter, stopEarly } from './callbacks/early-stopping.ts';
import { reduceOnPlateau } from './callbacks/reduce-on-plateau.ts';
import type { EpochMetrics } from './metrics.ts';
import type { TrainOptions } from './train-options.ts';
import type { TrainingState } from './training-state.ts';

/** Shows an epoch's metrics to the callbacks, keeps the weights if they are the best, and moves on to the next epoch. */
export function finishEpoch(
  state: TrainingState,
  { earlyStopping, reduceOnPlateau: plateauSpec }: TrainOptions,
  metrics: EpochMetrics,
): { stop: boolean } {
  const { progress } = state;
  const { valLoss, learningRate, epoch } = metrics;
  const improved = isBetter(valLoss, progress.best?.valLoss ?? null, earlyStopping?.minDelta ?? 0);
  if (improved) state.bestWeights = parametersToArrays(state.tensors.parameters);
  const patience = earlyStopping && stopEarly(earlyStopping, progress.earlyStopping, valLoss);
  state.progress = {
    ...progress,
    epoch,
    batch: 0,
    sums: { reconstruction: 0, kl: 0 },
    best: improved ? { epoch, valLoss } : progress.best,
    earlyStopping: patience?.state ?? progress.earlyStopping,
    plateau: plateauSpec
      ? reduceOnPlateau(plateauSpec, progress.plateau, valLoss, learningRate)
      : progress.plateau,
    history: [...progress.history, metrics],
  };
  return { stop: patience?.stop ?? false };
}
