import type { NamedArrays } from '@latentkit/core';
import type { TermInfo } from '@latentkit/objectives';
import type { Alarm } from './alarms/find-alarms.ts';
import type { Checkpoint } from './checkpoint/checkpoint.ts';
import type { MetricsRow } from './loop/metrics.ts';

export interface StartEvent {
  type: 'start';
  epochs: number;
  /** Batches an epoch. */
  batches: number;
  /** What the loss is made of; each has a column in the rows of epochs. */
  terms: readonly TermInfo[];
  /** Where a checkpoint is gone on from: epochs done, and batches of the one under way. */
  resumes?: { epoch: number; batch: number };
  /** What a reader of the results should know beforehand, a sentence each. */
  notes: readonly string[];
  trainImages: number;
  /** Epochs are compared by them. */
  validationImages: number;
  /** Where the dataset has a test set: training does not look at it, unless the validation images are its. */
  testImages?: number;
  /** Whether they are: then what chooses the epoch is what results are reported on. */
  choosesByTest?: boolean;
  /** The validation images are learned from, too. */
  learnsFromJudges?: boolean;
  parameters: number;
}

export interface StepEvent {
  type: 'step';
  loss: number;
  reconstruction?: number;
  kl?: number;
  /** 1 for the first. */
  epoch: number;
  /** Batches of this epoch done, this one included. */
  batch: number;
  batches: number;
  /** Images in the batch. */
  images: number;
  step: number;
  learningRate: number;
  /** The batch's mean of each term by name. */
  [term: string]: number | string | undefined;
}

/** A row of metrics, told. */
export interface EpochEvent {
  type: 'epoch';
  epoch: number;
  loss: number;
  valLoss: number;
  reconstruction?: number;
  valReconstruction?: number;
  kl?: number;
  valKl?: number;
  learningRate: number;
  beta?: number;
  /** Of training and validation, without what listeners took in between. */
  seconds: number;
  [column: string]: number | string | undefined;
}

export interface CheckpointEvent {
  type: 'checkpoint';
  checkpoint: Checkpoint;
}

/** A look at the weights within an epoch: to draw by, not to go on from. */
export interface SnapshotEvent {
  type: 'snapshot';
  /** Of the step before: 1 for the first. */
  epoch: number;
  /** Batches of this epoch done. */
  batch: number;
  /** The model's, a copy. */
  weights: NamedArrays;
}

/** What a person should know of the run, and what to try: see `findAlarms`. It goes on. */
export interface AlarmEvent extends Alarm {
  type: 'alarm';
}

/** The run blew up, and goes on from an epoch before at a lower learning rate. */
export interface RewindEvent {
  type: 'rewind';
  /** Epochs done of the state it goes on from; steps told since are void. */
  epoch: number;
  /** What learning rates are multiplied by from now on, beside what they were before. */
  factor: number;
  /** How often it may happen again. */
  left: number;
  /** What was seen. */
  reason: string;
}

export interface EndEvent {
  type: 'end';
  reason: 'completed' | 'stoppedEarly' | 'aborted';
  /** The epoch whose weights these are; 0 for the initial ones. */
  epoch: number;
  weights: NamedArrays;
  history: readonly MetricsRow[];
}

/**
 * What training tells, in this order: start, then for each epoch its steps (snapshots and checkpoints among them), epoch, alarms and
 * checkpoint, then end. A rewind takes the place of what an epoch still had to tell.
 */
export type TrainingEvent =
  | StartEvent
  | StepEvent
  | SnapshotEvent
  | EpochEvent
  | AlarmEvent
  | CheckpointEvent
  | RewindEvent
  | EndEvent;

/** The row of metrics that an epoch's event tells. */
export function rowOf({ type: _, ...row }: EpochEvent): MetricsRow {
  return row as unknown as MetricsRow;
}
