import type { NamedArrays } from '@latentkit/core';
import { FRESH_PATIENCE, type PatienceState } from './callbacks/early-stopping.ts';
import { FRESH_PLATEAU, type PlateauState } from './callbacks/reduce-on-plateau.ts';
import type { EpochMetrics } from './metrics.ts';

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
  /** Sums over those batches, so that a resumed epoch reports what an unbroken one would. */
  readonly sums: { readonly reconstruction: number; readonly kl: number };
  readonly earlyStopping: PatienceState;
  readonly plateau: PlateauState;
  /** The least validation loss so far; the first epoch is 1. */
  readonly best: { readonly epoch: number; readonly valLoss: number } | null;
  readonly history: readonly EpochMetrics[];
}

/** All that resuming needs. */
export interface Checkpoint {
  readonly progress: TrainingProgress;
  readonly weights: NamedArrays;
  /** The optimizer's memory, `<parameter>/<slot>`. */
  readonly slots: NamedArrays;
  /** Of the best epoch; the same object as `weights` where those are the best, or no epoch is done. */
  readonly bestWeights: NamedArrays;
}

/** The progress of a run that has not begun. */
export function freshProgress(seed: number): TrainingProgress {
  return {
    seed,
    step: 0,
    epoch: 0,
    batch: 0,
    sums: { reconstruction: 0, kl: 0 },
    earlyStopping: FRESH_PATIENCE,
    plateau: FRESH_PLATEAU,
    best: null,
    history: [],
  };
}
