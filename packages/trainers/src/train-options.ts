import type { Dataset } from '@latentkit/core';
import type { Model } from '@latentkit/models';
import type { EarlyStoppingSpec } from './callbacks/early-stopping.ts';
import type { ReduceOnPlateauSpec } from './callbacks/reduce-on-plateau.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ClipSpec } from './clip-gradients.ts';
import type { OptimizerSpec } from './optimizers/create-optimizer.ts';
import type { Schedule } from './schedule.ts';

export interface TrainOptions {
  model: Model;
  dataset: Dataset;
  epochs: number;
  batchSize: number;
  /** Adam by default. */
  optimizer?: OptimizerSpec;
  /** 1e-3 by default. */
  learningRate?: Schedule;
  /** Weight of the KL; 1, the ELBO, by default. */
  beta?: Schedule;
  /** Of weights, order and noise; 0 by default. */
  seed?: number;
  clip?: ClipSpec;
  /** How grey pixels become coins: not at all by default. */
  binarize?: 'none' | 'fixed' | 'dynamic';
  earlyStopping?: EarlyStoppingSpec;
  reduceOnPlateau?: ReduceOnPlateauSpec;
  /** Which weights the end gives: those of the least validation loss (by the early stopping's `minDelta`), or the last. */
  keep?: 'best' | 'last';
  /** Where to go on. */
  checkpoint?: Checkpoint;
  /** Stops after the batch under way, with a checkpoint. */
  signal?: AbortSignal;
  /** Milliseconds from any origin; `performance.now` by default. */
  now?: () => number;
}
