import { fields, optional, word } from '@latentkit/core/schema';
import { checkMinEpochs, halvingEntries } from './halving.ts';
import { epochsOf, type Rung, rungsOf, tasksOfRungs, wholeLog } from './rungs.ts';
import { checkTrials, createSampler } from './sampled.ts';
import { strategyKind } from './strategy.ts';

/**
 * The brackets of Hyperband, the one that halves most often first: successive halving of `n = ceil((s_max + 1) eta^s / (s + 1))` trials
 * for `s = s_max ... 0`, `s_max = floor(log_eta(epochs / minEpochs))`, each of about the same cost.
 *
 * @example
 * bracketsOf({ epochs: 9, eta: 3 }); // [[9 to epoch 1, 3 to 3, 1 to 9], [5 to 3, 1 to 9], [3 to 9]]
 */
export function bracketsOf({
  epochs,
  eta,
  minEpochs = 1,
}: {
  epochs: number;
  eta: number;
  minEpochs?: number;
}): Rung[][] {
  const most = wholeLog(epochs / minEpochs, eta);
  return Array.from({ length: most + 1 }, (_, i) => {
    const last = most - i;
    return rungsOf(Math.ceil(((most + 1) * eta ** last) / (last + 1)), { epochs, eta, last });
  });
}

/**
 * Hyperband: successive halving several times over, from many trials that are trained a little to few that go to their end at once,
 * as nobody knows how soon the good ones can be told.
 *
 * @see Li, Jamieson, DeSalvo, Rostamizadeh & Talwalkar: "Hyperband" (JMLR 2018)
 */
export const hyperband = strategyKind({
  type: 'hyperband',
  fields: fields({ type: optional(word('hyperband')), ...halvingEntries }),
  create(space, { eta = 3, minEpochs = 1, sample = 'sobol' }, context) {
    checkMinEpochs(minEpochs, context);
    const sampler = createSampler(sample, space, context);
    let trial = 0;
    const brackets = bracketsOf({ epochs: context.budget.epochs, eta, minEpochs }).map((rungs) => ({
      rungs,
      trials: Array.from({ length: rungs[0]!.count }, () => ({ settings: sampler(trial), trial: trial++ })),
    }));
    checkTrials(context, 'hyperband', trial);
    return {
      trials: trial,
      epochs: brackets.reduce((sum, { rungs }) => sum + epochsOf(rungs), 0),
      tasks: (outcomes) => brackets.flatMap(({ rungs, trials }) => tasksOfRungs(rungs, trials, outcomes)),
    };
  },
});
