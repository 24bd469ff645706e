/** When to stop: after `patience` epochs in which the validation loss did not fall below its best by `minDelta`. */
export interface EarlyStoppingSpec {
  readonly patience: number;
  readonly minDelta?: number;
}

/** What early stopping remembers between epochs; JSON but for the first best, Infinity, which is null. */
export interface PatienceState {
  readonly best: number | null;
  readonly wait: number;
}

export const FRESH_PATIENCE: PatienceState = { best: null, wait: 0 };

/** Better means `valLoss < best - minDelta`; a first loss is better than none, and NaN never is. */
export function isBetter(valLoss: number, best: number | null, minDelta: number): boolean {
  return best === null ? !Number.isNaN(valLoss) : valLoss < best - minDelta;
}

/**
 * One epoch of early stopping, as Keras's `EarlyStopping` counts: stops when `wait >= patience`.
 *
 * @example
 * let { state, stop } = stopEarly({ patience: 6, minDelta: 1e-4 }, FRESH_PATIENCE, 171.2);
 */
export function stopEarly(
  { patience, minDelta = 0 }: EarlyStoppingSpec,
  { best, wait }: PatienceState,
  valLoss: number,
): { state: PatienceState; stop: boolean } {
  if (isBetter(valLoss, best, minDelta)) return { state: { best: valLoss, wait: 0 }, stop: false };
  return { state: { best, wait: wait + 1 }, stop: wait + 1 >= patience };
}
