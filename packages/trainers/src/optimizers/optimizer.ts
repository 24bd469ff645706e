import type { UpdateRule } from '@latentkit/core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** Where in a run an update stands. */
export interface UpdatePosition {
  learningRate: number;
  /** Updates made, this one included: 1 at the first. */
  step: number;
}

/** One parameter after an update, and the optimizer's memory of it. */
export interface Updated {
  parameter: Tensor;
  slots: Tensor[];
}

/**
 * A rule that moves one parameter against its gradient. Pure: new tensors out, none disposed of; call it in `tf.tidy`.
 */
export interface Optimizer {
  /** What it remembers of each parameter: tensors of the parameter's shape, zero at first. */
  readonly slots: readonly string[];
  /** The rule by name, for an accelerator that has it as one pass; with the same slots. */
  readonly rule: UpdateRule;
  /** The rule's numbers at a position, in the order that it reads them. */
  coefficients(position: UpdatePosition): readonly number[];
  update(parameter: Tensor, gradient: Tensor, slots: readonly Tensor[], position: UpdatePosition): Updated;
}
