/** When to stop: after `patience` epochs in which the validation loss did not fall below its best by `minDelta`. */
export interface EarlyStoppingSpec {
  /** Epochs; 0 and 1 both stop at the first that is no better. */
  readonly patience: number;
  /** 0 by default. */
  readonly minDelta?: number;
}

/** What is remembered between epochs; JSON, as the first best, Infinity, is null. */
export interface PatienceState {
  readonly best: number | null;
  /** Epochs since the best one. */
  readonly wait: number;
}

/** Before the first epoch. */
export const FRESH_PATIENCE: PatienceState = { best: null, wait: 0 };

/** Better means `valLoss < best - minDelta`, from a best of Infinity on: so neither NaN nor Infinity ever is. */
export function isBetter(valLoss: number, best: number | null, minDelta: number): boolean {
  return valLoss < (best ?? Number.POSITIVE_INFINITY) - minDelta;
}

/** Whether `patience` epochs have passed without a better one; never in the first epoch, as Keras has it. */
export function isOutOfPatience({ patience }: EarlyStoppingSpec, { wait, best }: PatienceState): boolean {
  const isFirst = best === null && wait === 1;
  return wait > 0 && wait >= patience && !isFirst;
}

/** A new best as JSON can hold it: there is no minus Infinity. */
export const bestOf = (valLoss: number) => Math.max(valLoss, -Number.MAX_VALUE);

/**
 * One epoch of early stopping, as Keras's `EarlyStopping` counts: stops when `wait >= patience`.
 *
 * @example
 * let { state, stop } = stopEarly({ patience: 6, minDelta: 1e-4 }, FRESH_PATIENCE, 171.2);
 * @see https://keras.io/api/callbacks/early_stopping/
 */
export function stopEarly(
  spec: EarlyStoppingSpec,
  { best, wait }: PatienceState,
  valLoss: number,
): { state: PatienceState; stop: boolean } {
  const better = isBetter(valLoss, best, spec.minDelta ?? 0);
  const state = better ? { best: bestOf(valLoss), wait: 0 } : { best, wait: wait + 1 };
  return { state, stop: isOutOfPatience(spec, state) };
}
