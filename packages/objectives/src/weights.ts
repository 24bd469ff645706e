import { didYouMean, LatentkitError, type Schedule, scheduleAt } from '@latentkit/core';
import { type Objective, termsOf } from './objective.ts';
import type { TermInfo } from './term.ts';

/**
 * The numbers that an objective's programs read in an epoch: `weight.<term>`, and its terms' own scalars.
 *
 * @param epoch 0 for the first; that of the last by default: weights at the end of their schedules.
 * @param runEpochs how long the run is: schedules that do not say how long they are end in its last epoch.
 */
export function scalarsAt(objective: Objective, epoch?: number, runEpochs = 1): Record<string, number> {
  const at = (schedule: Schedule) => scheduleAt(schedule, epoch ?? runEpochs - 1, runEpochs - 1);
  const weights = termsOf(objective).flatMap(({ name, weight }): [string, number][] =>
    weight === 'reported' ? [] : [[`weight.${name}`, at(weight)]],
  );
  const own = Object.entries(objective.scalars).map(([name, schedule]) => [name, at(schedule)] as const);
  return Object.fromEntries([...weights, ...own]);
}

/**
 * The numbers of {@link scalarsAt} at the end of their schedules, but for those that are given.
 *
 * @throws `E_UNKNOWN_NAME` for a number that none of the objective's programs reads.
 */
export function withScalars(
  objective: Objective,
  given: Readonly<Record<string, number>> = {},
): Record<string, number> {
  const scalars = scalarsAt(objective);
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(scalars, name)) continue;
    throw new LatentkitError('E_UNKNOWN_NAME', `the objective reads no scalar '${name}'`, {
      fix: didYouMean(name, Object.keys(scalars)),
    });
  }
  return { ...scalars, ...given };
}

/** The weight of a term; 0 for one that is reported alone. */
export function weightOf({ name }: TermInfo, scalars: Readonly<Record<string, number>>): number {
  return scalars[`weight.${name}`] ?? 0;
}

/** `sum of weight * term`; a term of weight 0 is left out, whatever its value. */
export function lossOf(
  terms: readonly TermInfo[],
  values: Readonly<Record<string, number>>,
  scalars: Readonly<Record<string, number>>,
): number {
  const counted = terms.filter((term) => weightOf(term, scalars) !== 0);
  return counted
    .map((term) => weightOf(term, scalars) * values[term.name]!)
    .reduce((sum, value) => sum + value, 0);
}

/** The column of a row of metrics that a term's weight has; none for a weight that is always 1, or none at all. */
export function weightColumnOf({ name, weight, weightColumn }: TermInfo): string | undefined {
  if (weight === 'reported') return undefined;
  if (weightColumn !== undefined) return weightColumn;
  return weight === 1 ? undefined : `weight${name[0]!.toUpperCase()}${name.slice(1)}`;
}

/**
 * The objective with another beta: the weight of its KL, bounded or not.
 *
 * @throws `E_USAGE` where no term of it has a beta.
 */
export function withBeta(objective: Objective, beta: Schedule): Objective {
  const hasBeta = ({ weight, weightColumn }: TermInfo) => weightColumn === 'beta' && weight !== 'reported';
  if (!termsOf(objective).some(hasBeta)) {
    throw new LatentkitError('E_USAGE', 'beta weighs the KL, and this objective has none to weigh', {
      fix: `Leave beta out: the terms are ${termsOf(objective).map(({ name }) => name)}`,
    });
  }
  const players = objective.players.map((player) => ({
    ...player,
    terms: player.terms.map((term) => (hasBeta(term) ? { ...term, weight: beta } : term)),
  }));
  return { ...objective, players: players as unknown as Objective['players'] };
}
