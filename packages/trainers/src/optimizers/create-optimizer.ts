import type { UpdateRule } from '@latentkit/core';
import {
  checkBy,
  decay,
  fields,
  flag,
  named,
  oneOf,
  optional,
  positive,
  rule,
  type SpecOf,
  word,
} from '@latentkit/core/schema';
import type { ApplyRule } from '@latentkit/objectives';
import { type AdamSpec, createAdam, updateByAdam } from './adam.ts';
import { type AdamaxSpec, createAdamax, updateByAdamax } from './adamax.ts';
import type { Optimizer, UpdateFormula } from './optimizer.ts';
import { createRmsprop, type RmspropSpec, updateByRmsprop } from './rmsprop.ts';
import { createSgd, type SgdSpec, updateByMomentum, updateByNesterov, updateBySgd } from './sgd.ts';

/** An optimizer as data. The learning rate is the trainer's. */
export type OptimizerSpec = AdamSpec | AdamaxSpec | RmspropSpec | SgdSpec;

const specFields = named(
  'name',
  ['adam', 'adamax', 'rmsprop', 'sgd'],
  [
    fields({
      name: oneOf(['adam', 'adamax']),
      beta1: optional(decay()),
      beta2: optional(decay()),
      epsilon: optional(positive()),
    }),
    fields({ name: word('rmsprop'), rho: optional(decay()), epsilon: optional(positive()) }),
    fields({ name: word('sgd'), momentum: optional(decay()), nesterov: optional(flag()) }),
  ],
);

/** What an {@link OptimizerSpec} may hold. */
export const optimizerSchema = rule<SpecOf<typeof specFields>>(specFields, (spec) =>
  spec.name === 'sgd' && spec.nesterov && !spec.momentum
    ? 'nesterov needs a momentum above 0. Add momentum, say 0.9, or leave nesterov out'
    : undefined,
);

/**
 * The optimizer a spec names.
 *
 * @throws `E_CONFIG` naming a field that does not fit.
 * @example
 * createOptimizer({ name: 'adam', epsilon: 1e-8 });
 */
export function createOptimizer(spec: OptimizerSpec): Optimizer {
  checkBy(optimizerSchema, spec, 'optimizer');
  switch (spec.name) {
    case 'adam':
      return createAdam(spec);
    case 'adamax':
      return createAdamax(spec);
    case 'rmsprop':
      return createRmsprop(spec);
    case 'sgd':
      return createSgd(spec);
  }
}

const FORMULAS: Readonly<Record<UpdateRule['name'], UpdateFormula>> = {
  adam: updateByAdam,
  adamax: updateByAdamax,
  rmsprop: updateByRmsprop,
  sgd: updateBySgd,
  momentum: updateByMomentum,
  nesterov: updateByNesterov,
};

/** Moves a parameter by the formula of a rule: what an eager session is given. */
export const applyRule: ApplyRule = ({ rule: { name }, coefficients }, parameter, gradient, slots) =>
  FORMULAS[name](parameter, gradient, slots, coefficients);
