/**
 * The losses of one epoch. What a model does not have is left out; `null` (a NaN that went through JSON), NaN and
 * infinity are gaps in the curve.
 */
export interface LossRow {
  /** Counted from 1. */
  epoch: number;
  loss?: number | null;
  reconstruction?: number | null;
  kl?: number | null;
  valLoss?: number | null;
  valReconstruction?: number | null;
  valKl?: number | null;
}

/** The columns of a {@link LossRow} that hold losses. */
export type LossKey = Exclude<keyof LossRow, 'epoch'>;

/** One column of the history; NaN where nothing finite is written. */
export function lossColumn(history: readonly LossRow[], key: LossKey): number[] {
  return history.map((row) => {
    const value = row[key] ?? Number.NaN;
    return Number.isFinite(value) ? value : Number.NaN;
  });
}
