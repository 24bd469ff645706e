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

/** How a rule moves one parameter against its gradient. Pure: new tensors out, none disposed of; call it in `tf.tidy`. */
export type UpdateFormula = (
  parameter: Tensor,
  gradient: Tensor,
  slots: readonly Tensor[],
  coefficients: readonly number[],
) => Updated;

/** A rule, and its numbers at each step. */
export interface Optimizer {
  /** Its slots are what it remembers of each parameter: tensors of the parameter's shape, zero at first. */
  readonly rule: UpdateRule;
  /** The rule's numbers at a position, in the order that it reads them. */
  coefficients(position: UpdatePosition): readonly number[];
}
