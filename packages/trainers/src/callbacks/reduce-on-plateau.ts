import { checkValue, having } from '@latentkit/core/options';
import { bestOf, isBetter, type PatienceState } from './early-stopping.ts';

/** When to lower the learning rate: by `factor`, after `patience` epochs without a better validation loss. */
export interface ReduceOnPlateauSpec {
  /** Above 0, below 1. */
  readonly factor: number;
  /** Epochs; 0 and 1 both act on the first that is no better. */
  readonly patience: number;
  /** 1e-4 by default. */
  readonly minDelta?: number;
  /** Where lowering ends; 0 by default. A schedule may go below it. */
  readonly minLearningRate?: number;
}

/** What the rule remembers between epochs. */
export interface PlateauState extends PatienceState {
  /** Multiplies the schedule's rate. */
  readonly scale: number;
}

const specRule = having('{ factor, patience }', { factor: 'number', patience: 'number' });
const stateRule = having('what FRESH_PLATEAU or reduceOnPlateau gave', { wait: 'number', scale: 'number' });

/** Before the first epoch. */
export const FRESH_PLATEAU: PlateauState = { best: null, wait: 0, scale: 1 };

/**
 * One epoch of `ReduceLROnPlateau` of Keras 3 with cooldown 0: acts when `wait >= patience`, for the next epoch on, and
 * never below `minLearningRate`.
 *
 * @param learningRate the epoch's own, to see whether it is already at its least.
 * @example
 * reduceOnPlateau({ factor: 0.5, patience: 3 }, FRESH_PLATEAU, 171.2, 1e-3).scale; // 1
 * @see https://keras.io/api/callbacks/reduce_lr_on_plateau/
 */
export function reduceOnPlateau(
  spec: ReduceOnPlateauSpec,
  before: PlateauState,
  valLoss: number,
  learningRate: number,
): PlateauState {
  checkValue('reduceOnPlateau', 'spec', spec, specRule);
  checkValue('reduceOnPlateau', 'state', before, stateRule);
  const { factor, patience, minDelta = 1e-4, minLearningRate = 0 } = spec;
  const { best, wait, scale } = before;
  if (isBetter(valLoss, best, minDelta)) return { best: bestOf(valLoss), wait: 0, scale };
  if (wait + 1 < patience || learningRate <= minLearningRate) return { best, wait: wait + 1, scale };
  return { best, wait: 0, scale: scale * factor };
}

/** The schedule's rate under the rule: `scheduled * scale`, which the scale does not take below `minLearningRate`. */
export function scaledLearningRate(
  scheduled: number,
  { scale }: PlateauState,
  { minLearningRate = 0 }: Partial<ReduceOnPlateauSpec> = {},
): number {
  return Math.max(scheduled * scale, Math.min(scheduled, minLearningRate));
}
