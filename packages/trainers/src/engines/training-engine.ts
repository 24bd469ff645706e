import type { NamedArrays } from '@latentkit/core';
import type { LossMetrics } from '../metrics.ts';
import type { PreparedBatch } from '../prepared-batch.ts';
import type { StepOptions } from '../train-step.ts';

/** The terms of each image's loss. */
export type ExampleTerms = {
  reconstruction: Float32Array; // [batch]
  kl?: Float32Array; // [batch]
};

/** Where a run's weights live, and what computes on them. One call at a time. */
export interface TrainingEngine {
  /**
   * Loss of a batch, then an update.
   *
   * @throws `E_NOT_FINITE` when the loss is NaN or infinite; the weights are then as they were.
   */
  step(batch: PreparedBatch, options: StepOptions): Promise<LossMetrics>;
  /** The terms of each image, by the weights as they are. */
  terms(batch: PreparedBatch): Promise<ExampleTerms>;
  /** A copy of the weights, and of the optimizer's memory by `<parameter>/<slot>`. */
  read(): { weights: NamedArrays; slots: NamedArrays };
  /** Frees what it holds. */
  close(): void;
}
