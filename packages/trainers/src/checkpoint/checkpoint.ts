import type { NamedArrays } from '@latentkit/core';
import { FRESH_PATIENCE, type PatienceState } from '../callbacks/early-stopping.ts';
import { FRESH_PLATEAU, type PlateauState } from '../callbacks/reduce-on-plateau.ts';
import type { MetricsRow } from '../loop/metrics.ts';

/**
 * Where a run stands, but for its arrays: JSON. Random draws have no state of their own: they are addressed by seed,
 * step and index.
 */
export interface TrainingProgress {
  readonly seed: number;
  /** Updates made. */
  readonly step: number;
  /** Epochs done, so the index of the one under way. */
  readonly epoch: number;
  /** Batches done of the epoch under way. */
  readonly batch: number;
  /** Images in a full batch and in the training set, by which `batch` counts; not known of checkpoints of version 1. */
  readonly batchSize?: number;
  readonly trainImages?: number;
  /** Sums over those batches by term, a full batch's mean counting once, so that a resumed epoch reports what an unbroken one would. */
  readonly sums: Readonly<Record<string, number>>;
  /** Seconds spent on the epoch under way; checkpoints of older Latentkits do not know. */
  readonly epochSeconds?: number;
  readonly earlyStopping: PatienceState;
  readonly plateau: PlateauState;
  /** The least validation loss so far, by the weights at the end of their schedules; the first epoch is 1. */
  readonly best: { readonly epoch: number; readonly valLoss: number } | null;
  readonly history: readonly MetricsRow[];
  /** Cuts of the learning rates by rewinds so far: from the epoch on that follows so many. */
  readonly rewinds?: readonly { readonly after: number; readonly factor: number }[];
}

/** All that resuming needs. */
export interface Checkpoint {
  readonly progress: TrainingProgress;
  readonly weights: NamedArrays;
  /** The optimizer's memory, `<parameter>/<slot>`. */
  readonly slots: NamedArrays;
  /** Of the best epoch; the same object as `weights` where those are the best, or no epoch is done. */
  readonly bestWeights: NamedArrays;
  /** The moving average of the weights, of a run that has one. */
  readonly averaged?: NamedArrays;
}

/** The progress of a run that has not begun. */
export function freshProgress(
  of: Pick<TrainingProgress, 'seed' | 'batchSize' | 'trainImages'>,
): TrainingProgress {
  return {
    ...of,
    step: 0,
    epoch: 0,
    batch: 0,
    sums: {},
    earlyStopping: FRESH_PATIENCE,
    plateau: FRESH_PLATEAU,
    best: null,
    history: [],
  };
}
