import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { createSobol } from '../sobol/sobol.ts';
import type { SearchSpace, Settings } from '../space/search-space.ts';
import type { Strategy, StrategyContext } from './strategy.ts';

/** Settings by trial: each is known from the seed and the trial alone. */
export type Sampler = (trial: number) => Settings;

/** Ways to draw settings that look at no outcome. */
export const SAMPLES = ['sobol', 'random'] as const;

/** Settings drawn by name. */
export function createSampler(
  sample: (typeof SAMPLES)[number],
  space: SearchSpace,
  { seed }: { seed: number },
): Sampler {
  if (sample === 'sobol') {
    const { point } = createSobol(space.dimensions.length, { seed });
    return (trial) => space.at(point(trial));
  }
  return (trial) =>
    space.at(
      space.dimensions.map((_, index) =>
        createRandom({ seed, stream: Stream.sweep, step: 1 + trial, index }).uniform(),
      ),
    );
}

/** So many trials of a sampler, each to its end. */
export function sampled(sampler: Sampler, trials: number, epochs: number): Strategy {
  const tasks = Array.from({ length: trials }, (_, trial) => ({ trial, settings: sampler(trial), epochs }));
  return { trials, epochs: trials * epochs, tasks: () => tasks };
}

/**
 * The trials of a budget, for strategies that go by them.
 *
 * @throws `E_CONFIG` where there are none.
 */
export function trialsOf({ budget, where }: StrategyContext, type: string): number {
  if (budget.trials !== undefined) return budget.trials;
  throw new LatentkitError('E_CONFIG', `${where}: the strategy '${type}' needs budget.trials`, {
    fix: 'Say how many: "budget": { "trials": 16, ... }',
  });
}

/**
 * For strategies that know their trials themselves.
 *
 * @throws `E_CONFIG` where a budget says another number.
 */
export function checkTrials({ budget, where }: StrategyContext, type: string, trials: number): void {
  if (budget.trials === undefined || budget.trials === trials) return;
  throw new LatentkitError(
    'E_CONFIG',
    `${where}: the strategy '${type}' makes ${trials} trials of these ranges and epochs, and budget.trials is ${budget.trials}`,
    { fix: 'Leave budget.trials out' },
  );
}
