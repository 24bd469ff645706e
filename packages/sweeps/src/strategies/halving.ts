import { LatentkitError } from '@latentkit/core';
import { fields, oneOf, optional, whole, word } from '@latentkit/core/schema';
import { epochsOf, rungsOf, tasksOfRungs, wholeLog } from './rungs.ts';
import { createSampler, SAMPLES, trialsOf } from './sampled.ts';
import { type StrategyContext, strategyKind } from './strategy.ts';

/** What halving and Hyperband may be told. */
export const halvingEntries = {
  /** One of so many goes on; 3 by default. */
  eta: optional(whole(2)),
  /** Of the first rung, at least; 1 by default. */
  minEpochs: optional(whole(1)),
  /** How settings are drawn; `'sobol'` by default. */
  sample: optional(oneOf(SAMPLES)),
};

/** @throws `E_CONFIG` where trials would begin with more epochs than they may have. */
export function checkMinEpochs(minEpochs: number, { budget: { epochs }, where }: StrategyContext): void {
  if (minEpochs <= epochs) return;
  throw new LatentkitError(
    'E_CONFIG',
    `${where}: minEpochs is ${minEpochs}, and budget.epochs, where the best trials end, is ${epochs}`,
    { fix: 'Raise budget.epochs, or lower minEpochs' },
  );
}

/**
 * Synchronous successive halving: all trials are trained a little, the best `1 / eta` of them `eta` times as long, and so on.
 *
 * @see Jamieson & Talwalkar: "Non-stochastic Best Arm Identification and Hyperparameter Optimization" (2016)
 */
export const halving = strategyKind({
  type: 'halving',
  fields: fields({ type: optional(word('halving')), ...halvingEntries }),
  create(space, { eta = 3, minEpochs = 1, sample = 'sobol' }, context) {
    checkMinEpochs(minEpochs, context);
    const { epochs } = context.budget;
    const count = trialsOf(context, 'halving');
    const last = Math.min(wholeLog(epochs / minEpochs, eta), wholeLog(count, eta));
    const rungs = rungsOf(count, { epochs, eta, last });
    const sampler = createSampler(sample, space, context);
    const trials = Array.from({ length: count }, (_, trial) => ({ trial, settings: sampler(trial) }));
    return {
      trials: count,
      epochs: epochsOf(rungs),
      tasks: (outcomes) => tasksOfRungs(rungs, trials, outcomes),
    };
  },
});
