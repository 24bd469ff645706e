import {
  anything,
  checkOptions,
  checkValue,
  needed,
  type OptionRules,
  objectRule,
  seedRule,
} from '@latentkit/core/options';
import { checkBy, chosenBy, fields, oneOf, optional, type Schema, whole } from '@latentkit/core/schema';
import { type SearchSpace, spaceRule } from '../space/search-space.ts';
import { grid } from './grid.ts';
import { halving } from './halving.ts';
import { hyperband } from './hyperband.ts';
import { random } from './random.ts';
import { sobol } from './sobol.ts';
import type { Budget, Strategy } from './strategy.ts';
import { tpe } from './tpe.ts';

/** Ways to choose trials, the default first. */
export const STRATEGIES = [sobol, random, grid, halving, hyperband, tpe] as const;

const NAMES = STRATEGIES.map(({ type }) => type);

/** A strategy by its name, or with its numbers. */
export type StrategySpec = string | { readonly type: string; readonly [field: string]: unknown };

/** What a strategy's spec may be. */
export const strategySchema: Schema<StrategySpec> = chosenBy<StrategySpec>((value) => {
  const type = typeof value === 'object' && value !== null ? (value as { type?: unknown }).type : undefined;
  const kind = STRATEGIES.find((one) => one.type === type);
  return (kind?.fields ?? oneOf(NAMES, 'an object with a type')) as Schema<StrategySpec>;
});

export interface CreateStrategyOptions {
  readonly budget: Budget;
  /** Decides which settings are tried. */
  readonly seed: number;
  /** What to call the spec's source in an error. */
  readonly where?: string;
}

const RULES: OptionRules<CreateStrategyOptions> = {
  budget: needed(objectRule),
  seed: needed(seedRule),
  where: anything,
};

/** What a sweep may spend. */
export const budgetSchema: Schema<Budget> = fields({ trials: optional(whole(1)), epochs: whole(1) });

/**
 * The strategy of a spec, over a space.
 *
 * @throws `E_CONFIG` for a spec or a budget that cannot be; `E_LIMIT` for a grid of more than 10,000 trials.
 * @example
 * const space = createSearchSpace({ latentDim: [2, 5, 10], learningRate: { log: [1e-4, 1e-2] } });
 * const strategy = createStrategy('halving', space, { budget: { trials: 9, epochs: 9 }, seed: 1 });
 * strategy.tasks([]); // 9 trials of 1 epoch each
 */
export function createStrategy(
  spec: StrategySpec,
  space: SearchSpace,
  options: CreateStrategyOptions,
): Strategy {
  checkValue('createStrategy', 'space', space, spaceRule);
  checkOptions('createStrategy', options, RULES);
  const { seed, where = 'createStrategy' } = options;
  const budget = checkBy(budgetSchema, options.budget, `${where}: budget`);
  const checked = checkBy(strategySchema, spec, where);
  const type = typeof checked === 'string' ? checked : checked.type;
  const kind = STRATEGIES.find((one) => one.type === type)!;
  return kind.create(space, typeof checked === 'string' ? {} : checked, { budget, seed, where });
}
