import type { NamedArrays } from '@latentkit/core';
import { bestOf, isBetter, stopEarly } from '../callbacks/early-stopping.ts';
import { reduceOnPlateau } from '../callbacks/reduce-on-plateau.ts';
import type { TrainingState } from '../checkpoint/training-state.ts';
import type { TrainOptions } from '../train-options.ts';
import { type AveragingSpec, copyArrays } from './average-weights.ts';
import type { MetricsRow } from './metrics.ts';

type Callbacks = Pick<TrainOptions, 'earlyStopping' | 'reduceOnPlateau' | 'averaging'>;

/** The averaged weights, where they are what is compared and kept. */
export function keptAverage(
  { averaged }: Pick<TrainingState, 'averaged'>,
  averaging: AveragingSpec | undefined,
): NamedArrays | undefined {
  return averaging?.keep === 'trained' ? undefined : averaged;
}

/** Shows an epoch's metrics to the callbacks, keeps the weights if they are the best, and moves on to the next epoch. */
export function finishEpoch(
  state: TrainingState,
  { earlyStopping: patienceSpec, reduceOnPlateau: plateauSpec, averaging }: Callbacks,
  metrics: MetricsRow,
): void {
  const { best, earlyStopping, plateau, epochSeconds: _, ...progress } = state.progress;
  const { valLoss, valTarget = valLoss, valAveraged = valTarget, learningRate, epoch } = metrics;
  const averaged = keptAverage(state, averaging);
  // A first epoch that is NaN under the last one's weights would be the best for ever, as Keras has it: it is the worst here.
  const judged = averaged ? valAveraged : valTarget;
  const target = Number.isNaN(judged) ? Number.POSITIVE_INFINITY : judged;
  const improved = isBetter(target, best?.valLoss ?? null, patienceSpec?.minDelta ?? 0);
  if (improved) state.bestWeights = averaged ? copyArrays(averaged) : state.session.read().parameters;
  state.progress = {
    ...progress,
    epoch,
    batch: 0,
    sums: {},
    best: improved ? { epoch, valLoss: bestOf(target) } : best,
    earlyStopping: patienceSpec ? stopEarly(patienceSpec, earlyStopping, target).state : earlyStopping,
    plateau: plateauSpec ? reduceOnPlateau(plateauSpec, plateau, target, learningRate) : plateau,
    history: [...progress.history, metrics],
  };
}
