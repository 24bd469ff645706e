import { LatentkitError } from '@latentkit/core';
import { fields, optional, word } from '@latentkit/core/schema';
import { type Dimension, fromEven, toEven } from '../space/dimension.ts';
import { holds } from '../space/ranges.ts';
import type { Settings } from '../space/search-space.ts';
import { checkTrials, sampled } from './sampled.ts';
import { strategyKind } from './strategy.ts';

const MOST_TRIALS = 10_000;

/** Every value with every other, the last range's first: of a range of numbers its steps, or so many `points`. */
export const grid = strategyKind({
  type: 'grid',
  fields: fields({ type: optional(word('grid')) }),
  create(space, _, context) {
    let trials: Settings[] = [{}];
    for (const dimension of space.dimensions) {
      const values = gridValues(dimension, context.where);
      if (trials.length * values.length > MOST_TRIALS) throw tooMany(context.where);
      trials = trials.flatMap((settings) =>
        holds(dimension.when, settings)
          ? values.map((value) => ({ ...settings, [dimension.name]: value }))
          : [settings],
      );
    }
    checkTrials(context, 'grid', trials.length);
    return sampled((trial) => trials[trial]!, trials.length, context.budget.epochs);
  },
});

function gridValues(dimension: Dimension, where: string): readonly unknown[] {
  if (dimension.kind === 'choices') return dimension.values;
  const { name, from, to, step, isLog, points } = dimension;
  if (points === undefined && (step === undefined || isLog)) {
    throw new LatentkitError('E_CONFIG', `${where}: a grid needs to know which numbers of ${name} it is of`, {
      fix: 'Give its range "points": 5, a step, or a list of values; or use another strategy',
    });
  }
  const count = points ?? Math.round((to - from) / step!) + 1;
  if (count > MOST_TRIALS) throw tooMany(where);
  const [low, high] = [toEven(dimension, from), toEven(dimension, to)];
  const values = Array.from({ length: count }, (_, i) =>
    fromEven(dimension, low + (i * (high - low)) / (count - 1)),
  );
  return [...new Set(values)];
}

function tooMany(where: string): LatentkitError {
  return new LatentkitError('E_LIMIT', `${where}: the grid has more than ${MOST_TRIALS} trials`, {
    fix: "Give the ranges fewer values, or let the strategy 'sobol' choose some of them",
  });
}
