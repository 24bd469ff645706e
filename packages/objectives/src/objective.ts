import type { NamedArrays, NoiseRequests, Schedule } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import type { Tensors } from '@latentkit/losses';
import type { Model, ParameterShapes, PassContext } from '@latentkit/models';
import type { Renewal } from './renewal.ts';
import type { TermInfo } from './term.ts';

/** What is an {@link Objective}, wherever JavaScript may hand over something else: its spec, mostly. */
export const objectiveRule = having(
  'an objective',
  { model: 'object', players: 'object', noise: 'object', initialize: 'function' },
  "createObjective(model, { type: 'elbo' }) makes one of a spec",
);

/** One of those who move in a step: what it minimises, and the parameters that it moves. */
export interface Player {
  readonly name: string;
  readonly moves: readonly string[];
  readonly terms: readonly TermInfo[];
  /** Its terms by name: `[batch]` or `[]`, as each says. */
  evaluate(context: PassContext): Tensors;
}

/** What training minimises and validation measures: `loss = sum of weight * term`. */
export interface Objective {
  readonly model: Model;
  /** Parameters of its own, beside the model's: in checkpoints, not among the weights of a trained model. */
  readonly parameterShapes: ParameterShapes;
  /** The model's parameters and its own. */
  initialize(seed: number): NamedArrays;
  /**
   * What it reads of a batch beside the images: `labels`, one-hot; with `labelled`, rows without a label are zero, and there is a weight
   * of each, its mean over the batch 1: 0 of a row without a label, the same of all others.
   */
  readonly reads: readonly ('labels' | 'labelled')[];
  readonly noise: NoiseRequests;
  /** Numbers that its terms read, `<term>.<name>`. */
  readonly scalars: Readonly<Record<string, Schedule>>;
  readonly leastBatch: number;
  /** Latent samples an example; 1 where it does not say. */
  readonly samples?: number;
  /** What begins anew between epochs, where there is something: codes that nothing uses. */
  readonly renewal?: Renewal;
  /** In the order that they move in; the first is validated, and its loss is the objective's. */
  readonly players: readonly [Player, ...Player[]];
}

/** Every term of an objective, player by player. */
export function termsOf(objective: Objective): TermInfo[] {
  checkValue('termsOf', 'objective', objective, objectiveRule);
  return objective.players.flatMap(({ terms }) => terms);
}
