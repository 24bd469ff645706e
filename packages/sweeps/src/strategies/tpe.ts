import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { fields, optional, whole, word } from '@latentkit/core/schema';
import { type Dimension, fromEven, toEven } from '../space/dimension.ts';
import { holds } from '../space/ranges.ts';
import { type SearchSpace, type Settings, settingsOf } from '../space/search-space.ts';
import { createParzen } from '../tpe/parzen.ts';
import { createSampler, trialsOf } from './sampled.ts';
import { byValue, type Outcome, outcomeOf, strategyKind, type Task } from './strategy.ts';

const GROUP = 64; // draws of groups lie behind those of dimensions

/**
 * The tree-structured Parzen estimator, many settings at once: of the trials so far the best tenth, and the others, are each given a
 * density; of 24 settings drawn by that of the good ones those are tried for which it is largest beside that of the others. Numbers of
 * Optuna 5. Settings of one condition are drawn together, from the trials that had them.
 *
 * Trials are chosen `batch` at a time, whatever the workers, so that any number of them comes to the same trials; of a batch, those
 * chosen before count as bad ones (a constant liar), so that they are not chosen again.
 *
 * @see Bergstra, Bardenet, Bengio & Kegl: "Algorithms for Hyper-Parameter Optimization" (2011)
 */
export const tpe = strategyKind({
  type: 'tpe',
  fields: fields({
    type: optional(word('tpe')),
    /** Random trials to begin with; 10 by default. */
    startup: optional(whole(1)),
    /** Settings that one is chosen of; 24 by default. */
    candidates: optional(whole(1)),
    /** Trials that are chosen at a time; 4 by default. */
    batch: optional(whole(1)),
  }),
  create(space, { startup = 10, candidates = 24, batch = 4 }, context) {
    const trials = trialsOf(context, 'tpe');
    if (trials <= startup) {
      throw new LatentkitError(
        'E_CONFIG',
        `${context.where}: the strategy 'tpe' learns from ${startup} random trials, and budget.trials is ${trials}`,
        { fix: `Raise budget.trials, lower strategy.startup, or use the strategy 'sobol'` },
      );
    }
    const { epochs } = context.budget;
    const sampler = createSampler('random', space, context);
    const chosen: Settings[] = Array.from({ length: startup }, (_, trial) => sampler(trial));
    const tasksUntil = (end: number): Task[] =>
      Array.from({ length: end }, (_, trial) => ({ trial, settings: chosen[trial]!, epochs }));
    return {
      trials,
      epochs: trials * epochs,
      tasks(outcomes) {
        const find = outcomeOf(outcomes);
        for (let end = startup; ; end = Math.min(trials, end + batch)) {
          const tasks = tasksUntil(end);
          const done = tasks.map(find);
          if (end === trials || !done.every((outcome) => outcome !== undefined)) return tasks;
          // What is chosen depends on nothing else, and is chosen once.
          for (let trial = Math.max(end, chosen.length); trial < Math.min(trials, end + batch); trial++) {
            chosen.push(choose(space, { trial, settings: chosen, done, candidates, seed: context.seed }));
          }
        }
      },
    };
  },
});

/** How many trials are good ones. */
export function goodTrials(trials: number): number {
  return Math.min(Math.ceil(0.1 * trials), 25);
}

interface Choice {
  trial: number;
  /** Of all trials before. */
  settings: readonly Settings[];
  /** What came of those before the batch. */
  done: readonly Outcome[];
  candidates: number;
  seed: number;
}

function choose(space: SearchSpace, { trial, settings, done, candidates, seed }: Choice): Settings {
  const good = [...done]
    .sort(byValue)
    .slice(0, goodTrials(done.length))
    .map((outcome) => outcome.trial);
  let chosen: Settings = {};
  for (const [g, group] of groupsOf(space.dimensions).entries()) {
    if (!holds(group[0]!.when, chosen)) continue;
    const pointsOf = (isGood: boolean) =>
      settings
        .filter((one, i) => good.includes(i) === isGood && Object.hasOwn(one, group[0]!.name))
        .map((one) => group.map((dimension) => coordinateOf(dimension, one[dimension.name])));
    const [likely, unlikely] = [createParzen(group, pointsOf(true)), createParzen(group, pointsOf(false))];
    const random = createRandom({ seed, stream: Stream.sweep, step: 1 + trial, index: GROUP + g });
    let [best, most] = [[] as number[], Number.NEGATIVE_INFINITY];
    for (let i = 0; i < candidates; i++) {
      const point = likely.sample(random);
      const gain = likely.logDensity(point) - unlikely.logDensity(point);
      if (gain > most || i === 0) [best, most] = [point, gain];
    }
    chosen = {
      ...chosen,
      ...Object.fromEntries(group.map((dimension, d) => [dimension.name, valueAtPlace(dimension, best[d]!)])),
    };
  }
  return settingsOf(space.dimensions, ({ name }) => chosen[name]);
}

/** Dimensions of one condition, which trials have all or none of. */
function groupsOf(dimensions: readonly Dimension[]): Dimension[][] {
  return [...Map.groupBy(dimensions, ({ when }) => JSON.stringify(when)).values()];
}

function coordinateOf(dimension: Dimension, value: unknown): number {
  if (dimension.kind === 'numbers') return toEven(dimension, value as number);
  const text = JSON.stringify(value);
  return dimension.values.findIndex((one) => JSON.stringify(one) === text);
}

function valueAtPlace(dimension: Dimension, coordinate: number): unknown {
  return dimension.kind === 'numbers' ? fromEven(dimension, coordinate) : dimension.values[coordinate];
}
