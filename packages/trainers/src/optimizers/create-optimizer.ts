import { didYouMean, LatentkitError } from '@latentkit/core';
import { type AdamSpec, createAdam } from './adam.ts';
import { type AdamaxSpec, createAdamax } from './adamax.ts';
import type { Optimizer } from './optimizer.ts';
import { createRmsprop, type RmspropSpec } from './rmsprop.ts';
import { createSgd, type SgdSpec } from './sgd.ts';

/** An optimizer as data. The learning rate is the trainer's. */
export type OptimizerSpec = AdamSpec | AdamaxSpec | RmspropSpec | SgdSpec;

/**
 * The optimizer a spec names.
 *
 * @throws `E_UNKNOWN_NAME` for a name that is none of `adam`, `adamax`, `rmsprop`, `sgd`.
 * @example
 * createOptimizer({ name: 'adam', epsilon: 1e-8 });
 */
export function createOptimizer(spec: OptimizerSpec): Optimizer {
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
  const { name } = spec as { name: string };
  const hint = didYouMean(name, ['adam', 'adamax', 'rmsprop', 'sgd']);
  throw new LatentkitError('E_UNKNOWN_NAME', `createOptimizer: no optimizer is called '${name}'`, {
    fix: hint,
  });
}
