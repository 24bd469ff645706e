import type { NamedArrays } from '@latentkit/core';
import {
  describeObjective,
  type ObjectivePrograms,
  type TestedObjective,
  type TestedPlayer,
} from './describe-objective.ts';

/** A term, to hold against the contract of {@link describeTerm}. */
export interface TermRow<
  Model,
  Term,
  Player extends TestedPlayer,
  Objective extends TestedObjective<Player>,
> {
  readonly term: Term;
  readonly model: Model;
  /** `@latentkit/objectives` itself: `import * as programs from ...`. */
  readonly programs: ObjectivePrograms<Objective, Player> & {
    createObjective(model: Model, what: { terms: readonly Term[] }): Objective;
  };
  /** A batch of at least five examples for an objective of this term: all that it reads, noise too. */
  inputs(objective: Objective): NamedArrays;
}

/**
 * The contract of a term: that of {@link describeObjective}, for an objective of this term alone.
 *
 * Import a tfjs backend beside it, and make it the current one.
 */
export function describeTerm<
  Model,
  Term,
  Player extends TestedPlayer,
  Objective extends TestedObjective<Player>,
>(name: string, { term, model, programs, inputs }: TermRow<Model, Term, Player, Objective>): void {
  const objective = programs.createObjective(model, { terms: [term] });
  describeObjective<Player, Objective>(name, { objective, programs, inputs: inputs(objective) });
}
