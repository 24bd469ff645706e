import { byValue, type Outcome, outcomeOf, type Task } from './strategy.ts';

/** So many trials that are trained until so many epochs are done. */
export interface Rung {
  readonly count: number;
  readonly epochs: number;
}

/** How often `base` goes into a number by division: the logarithm's whole part, without its rounding. */
export function wholeLog(value: number, base: number): number {
  let log = 0;
  for (let power = base; power <= value; power *= base) log++;
  return log;
}

/**
 * The rungs of successive halving: `n` trials, of each rung the best `1 / eta` into the next, where they are trained `eta` times as
 * long, the last of them to `epochs`: `n_i = floor(n eta^-i)`, `r_i = floor(epochs eta^(i - s))`.
 *
 * @param last how many rungs there are behind the first, `s`.
 * @example
 * rungsOf(16, { epochs: 9, eta: 3, last: 2 }); // 16 to epoch 1, 5 to epoch 3, 1 to epoch 9
 */
export function rungsOf(
  count: number,
  { epochs, eta, last }: { epochs: number; eta: number; last: number },
): Rung[] {
  return Array.from({ length: last + 1 }, (_, i) => ({
    count: Math.floor(count / eta ** i),
    epochs: Math.floor(epochs / eta ** (last - i)),
  }));
}

/** Epochs that rungs take, where each trial goes on from what it has done. */
export function epochsOf(rungs: readonly Rung[]): number {
  return rungs.reduce((sum, { count, epochs }, i) => sum + count * (epochs - (rungs[i - 1]?.epochs ?? 0)), 0);
}

/**
 * The tasks of rungs that are certain by now: a rung begins when all of the one before are done, so that who goes on does not depend
 * on who was first.
 *
 * @param trials of the first rung.
 */
export function tasksOfRungs(
  rungs: readonly Rung[],
  trials: readonly Pick<Task, 'trial' | 'settings'>[],
  outcomes: readonly Outcome[],
): Task[] {
  const find = outcomeOf(outcomes);
  const tasks: Task[] = [];
  let going = trials;
  for (const [i, { epochs }] of rungs.entries()) {
    const rung = going.map((one) => ({ ...one, epochs }));
    tasks.push(...rung);
    const done = rung.map(find);
    if (!done.every((outcome) => outcome !== undefined)) break;
    const best = done
      .filter(({ value }) => Number.isFinite(value))
      .sort(byValue)
      .slice(0, rungs[i + 1]?.count ?? 0)
      .map(({ trial }) => trial);
    going = going.filter(({ trial }) => best.includes(trial));
  }
  return tasks;
}
