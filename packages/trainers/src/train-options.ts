import type { Accelerator, Dataset, Examples, NamedArrays, Schedule } from '@latentkit/core';
import type { Model } from '@latentkit/models';
import type { ClipSpec, Objective } from '@latentkit/objectives';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { EarlyStoppingSpec } from './callbacks/early-stopping.ts';
import type { ReduceOnPlateauSpec } from './callbacks/reduce-on-plateau.ts';
import type { Checkpoint } from './checkpoint/checkpoint.ts';
import type { AveragingSpec } from './loop/average-weights.ts';
import type { OptimizerSpec } from './optimizers/create-optimizer.ts';

/** From the epoch on that follows so many, learning rates are those of their schedules times a factor. */
export interface RateCut {
  /** Epochs, at least 1. */
  readonly after: number;
  /** Above 0, below 1. */
  readonly factor: number;
}

/** How a run that blew up goes on by itself. */
export interface RewindSpec {
  /** Of the learning rate from then on; above 0, below 1; 0.3 by default. */
  readonly factor?: number;
  /** Times at most: one that blows up once more fails; 3 by default. */
  readonly times?: number;
}

/** What {@link train} needs, and what it may be told. */
export interface TrainOptions {
  model: Model;
  /** In memory, or read as batches are wanted. */
  dataset: Dataset<Examples>;
  /** The epoch to stop after, those before a checkpoint included. */
  epochs: number;
  /** Images an update; the last batch of an epoch may be smaller. */
  batchSize: number;
  /** Adam by default. */
  optimizer?: OptimizerSpec;
  /** 1e-3 by default. */
  learningRate?: Schedule;
  /**
   * How a run that blew up goes on from an epoch before, and as a list of cuts one that did so again: with this, others come to the same
   * weights from the start. None by default.
   */
  rateCut?: RateCut | readonly RateCut[];
  /** What is minimised; the negative ELBO by default. */
  objective?: Objective;
  /** Weight of the KL; the objective's own, 1 for the ELBO, by default. */
  beta?: Schedule;
  /** What some players of the objective have of their own, by name. */
  players?: Readonly<Record<string, { optimizer?: OptimizerSpec; learningRate?: Schedule }>>;
  /** Weights to start from, by parameter; fresh ones, of the seed, by default. */
  weights?: NamedArrays;
  /** Of weights, order and noise; 0 by default. */
  seed?: number;
  /** Bounds of the gradients; none by default. */
  clip?: ClipSpec;
  /**
   * How grey pixels become coins: not at all by default; once (`fixed`); or anew in every epoch (`dynamic`), while the
   * validation images keep one draw, so that epochs can be compared.
   */
  binarize?: 'none' | 'fixed' | 'dynamic';
  /** Takes a run whose numbers grow beyond all bounds back to the end of the epoch before, to go on at a lower rate; it fails by default. */
  rewind?: RewindSpec;
  /** A moving average of the weights, judged beside them; none by default. */
  averaging?: AveragingSpec;
  /** Measures the norm of the first player's gradients, a column of the rows; false by default. */
  gradientNorm?: boolean;
  earlyStopping?: EarlyStoppingSpec;
  reduceOnPlateau?: ReduceOnPlateauSpec;
  /** Which weights the end gives: those of the least validation loss (by the early stopping's `minDelta`), or the last. */
  keep?: 'best' | 'last';
  /** Where to go on. */
  checkpoint?: Checkpoint;
  /** A checkpoint within an epoch, too, when so many seconds have passed since the last one; none by default. */
  checkpointSeconds?: number;
  /** The weights as they are between two steps, when so many seconds have passed since the last time; 0: after each step. */
  snapshotSeconds?: number;
  /** Computes faster, with the same bits: `createAccelerator` of `@latentkit/backend`. tfjs, step by step, by default. */
  accelerator?: Accelerator<Tensor>;
  /**
   * How sums of products are to be rounded, which decides bits: an accelerator of another arithmetic is refused. By default it is what the
   * accelerator has; step by step, tfjs rounds as `startWasmBackend` was told.
   */
  arithmetic?: 'strict' | 'fused';
  /** Stops after the batch under way, with a checkpoint. */
  signal?: AbortSignal;
  /** Milliseconds from any origin; `performance.now` by default. What listeners take for an event is not counted. */
  now?: () => number;
}

/** Options with every default filled in. */
export type TrainSettings = ReturnType<typeof withDefaults>;

/** Fills in what was left out, or given as undefined. */
export function withDefaults({
  optimizer = { name: 'adam' },
  learningRate = 1e-3,
  seed = 0,
  clip = {},
  binarize = 'none',
  keep = 'best',
  players = {},
  now = () => performance.now(),
  ...rest
}: TrainOptions) {
  return { optimizer, learningRate, seed, clip, binarize, keep, players, now, ...rest };
}
