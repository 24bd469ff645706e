import type { NamedArrays } from '@latentkit/core';
import type { Checkpoint } from './checkpoint.ts';
import type { EpochMetrics, LossMetrics } from './metrics.ts';

export interface StartEvent {
  type: 'start';
  epochs: number;
  /** Batches an epoch. */
  batches: number;
  trainImages: number;
  validationImages: number;
  parameters: number;
}

export interface StepEvent extends LossMetrics {
  type: 'step';
  /** 1 for the first. */
  epoch: number;
  /** Batches of this epoch done, this one included. */
  batch: number;
  batches: number;
  /** Images in the batch. */
  images: number;
  step: number;
  learningRate: number;
}

export interface EpochEvent extends EpochMetrics {
  type: 'epoch';
}

export interface CheckpointEvent {
  type: 'checkpoint';
  checkpoint: Checkpoint;
}

export interface EndEvent {
  type: 'end';
  reason: 'completed' | 'stoppedEarly' | 'aborted';
  /** The epoch whose weights these are; 0 for the initial ones. */
  epoch: number;
  weights: NamedArrays;
  history: readonly EpochMetrics[];
}

/** What training tells, in this order: start, then for each epoch its steps, epoch and checkpoint, then end. */
export type TrainingEvent = StartEvent | StepEvent | EpochEvent | CheckpointEvent | EndEvent;
