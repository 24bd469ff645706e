import { isBetter, stopEarly } from './callbacks/early-stopping.ts';
import { reduceOnPlateau } from './callbacks/reduce-on-plateau.ts';
import type { EpochMetrics } from './metrics.ts';
import type { TrainOptions } from './train-options.ts';
import type { TrainingState } from './training-state.ts';

type Callbacks = Pick<TrainOptions, 'earlyStopping' | 'reduceOnPlateau'>;

/** Shows an epoch's metrics to the callbacks, keeps the weights if they are the best, and moves on to the next epoch. */
export function finishEpoch(
  state: TrainingState,
  { earlyStopping: patienceSpec, reduceOnPlateau: plateauSpec }: Callbacks,
  metrics: EpochMetrics,
): void {
  const { best, earlyStopping, plateau, ...progress } = state.progress;
  const { valLoss, learningRate, epoch } = metrics;
  const improved = isBetter(valLoss, best?.valLoss ?? null, patienceSpec?.minDelta ?? 0);
  if (improved) state.bestWeights = state.engine.read().weights;
  state.progress = {
    ...progress,
    epoch,
    batch: 0,
    sums: { reconstruction: 0, kl: 0 },
    best: improved ? { epoch, valLoss } : best,
    earlyStopping: patienceSpec ? stopEarly(patienceSpec, earlyStopping, valLoss).state : earlyStopping,
    plateau: plateauSpec ? reduceOnPlateau(plateauSpec, plateau, valLoss, learningRate) : plateau,
    history: [...progress.history, metrics],
  };
}
