import { isBetter, type PatienceState } from './early-stopping.ts';

/** When to lower the learning rate: by `factor`, after `patience` epochs without a better validation loss. */
export interface ReduceOnPlateauSpec {
  readonly factor: number;
  readonly patience: number;
  readonly minDelta?: number;
  readonly minLearningRate?: number;
}

/** What the rule remembers between epochs. `scale` multiplies the schedule's rate. */
export interface PlateauState extends PatienceState {
  readonly scale: number;
}

export const FRESH_PLATEAU: PlateauState = { best: null, wait: 0, scale: 1 };

/**
 * One epoch of Keras's `ReduceLROnPlateau` with cooldown 0: acts when `wait >= patience`, for the next epoch on, and
 * never below `minLearningRate`.
 *
 * @param learningRate the epoch's own, to see whether it is already at its least.
 * @example
 * reduceOnPlateau({ factor: 0.5, patience: 3 }, FRESH_PLATEAU, 171.2, 1e-3).scale; // 1
 */
export function reduceOnPlateau(
  { factor, patience, minDelta = 1e-4, minLearningRate = 0 }: ReduceOnPlateauSpec,
  { best, wait, scale }: PlateauState,
  valLoss: number,
  learningRate: number,
): PlateauState {
  if (isBetter(valLoss, best, minDelta)) return { best: valLoss, wait: 0, scale };
  if (wait + 1 < patience) return { best, wait: wait + 1, scale };
  return { best, wait: 0, scale: learningRate > minLearningRate ? scale * factor : scale };
}
