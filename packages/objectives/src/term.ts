import type { NoiseRequests, Schedule } from '@latentkit/core';
import { either, scheduleRule } from '@latentkit/core/options';
import type { Model, Pass } from '@latentkit/models';
import type { Tensor } from '@tensorflow/tfjs-core';

/** What is said of a term wherever its numbers are shown. */
export interface TermInfo {
  /** camelCase: the column of its values. */
  readonly name: string;
  readonly title: string;
  /** Of its values: `nats`, ... */
  readonly unit: string;
  /** `[batch]`, averaged over the examples; or a number of the whole batch, `[]`, as it is. */
  readonly per: 'example' | 'batch';
  /** `'reported'` is measured and not minimised. */
  readonly weight: Schedule | 'reported';
  /** The column of its weight; `weight<Name>` by default, and none for a weight of 1. */
  readonly weightColumn?: string;
}

/** What weighs a term: a number, a schedule, or nothing. */
export const weightRule = either('reported', scheduleRule);

/** A part of a loss: a pure function of a model's pass. */
export interface Term<P extends Pass = Pass> extends TermInfo {
  /** The unit of a model's values, where models differ in it: no squared error is in nats. */
  readonly unitOf?: (model: Model) => string;
  /** Numbers that it reads as `pass.context.scalars['<term>.<name>']`. */
  readonly scalars?: Readonly<Record<string, Schedule>>;
  /** Noise of its own, `pass.context.inputs['noise.<name>']`. */
  readonly noise?: NoiseRequests;
  /** Examples that a batch must have at least: 2 where examples are compared. */
  readonly leastBatch?: number;
  evaluate(pass: P): Tensor;
}
