import { checkValue, having } from '@latentkit/core/options';

/** When to stop: after `patience` epochs in which the validation loss did not fall below its best by `minDelta`. */
export interface EarlyStoppingSpec {
  /** Epochs; 0 and 1 both stop at the first that is no better. */
  readonly patience: number;
  /** 0 by default. */
  readonly minDelta?: number;
}

/** What is remembered between epochs; JSON, so `best` is null before the first, and otherwise finite: see {@link bestOf}. */
export interface PatienceState {
  readonly best: number | null;
  /** Epochs since the best one. */
  readonly wait: number;
}

const specRule = having('{ patience }', { patience: 'number' });
const stateRule = having('what FRESH_PATIENCE or stopEarly gave', { wait: 'number' });

/** Before the first epoch. */
export const FRESH_PATIENCE: PatienceState = { best: null, wait: 0 };

/** Better means `valLoss < best - minDelta`; a first loss, whatever it is, is better than none. */
export function isBetter(valLoss: number, best: number | null, minDelta: number): boolean {
  return best === null || Math.max(valLoss, -Number.MAX_VALUE) < best - minDelta;
}

/** Whether `patience` epochs have passed without a better one. */
export function isOutOfPatience({ patience }: EarlyStoppingSpec, { wait }: PatienceState): boolean {
  return wait > 0 && wait >= patience;
}

/** A new best as JSON can hold it: infinities as the largest numbers, and NaN, below which nothing is, as the least. */
export function bestOf(valLoss: number): number {
  if (Number.isNaN(valLoss)) return -Number.MAX_VALUE;
  return Math.min(Math.max(valLoss, -Number.MAX_VALUE), Number.MAX_VALUE);
}

/**
 * One epoch of early stopping, as `EarlyStopping` of Keras 3 counts: stops when `wait >= patience`. A NaN in the first epoch is
 * its best, which nothing is better than.
 *
 * @example
 * let { state, stop } = stopEarly({ patience: 6, minDelta: 1e-4 }, FRESH_PATIENCE, 171.2);
 * @see https://keras.io/api/callbacks/early_stopping/
 */
export function stopEarly(
  spec: EarlyStoppingSpec,
  before: PatienceState,
  valLoss: number,
): { state: PatienceState; stop: boolean } {
  checkValue('stopEarly', 'spec', spec, specRule);
  checkValue('stopEarly', 'state', before, stateRule);
  const { best, wait } = before;
  const better = isBetter(valLoss, best, spec.minDelta ?? 0);
  const state = better ? { best: bestOf(valLoss), wait: 0 } : { best, wait: wait + 1 };
  return { state, stop: isOutOfPatience(spec, state) };
}
