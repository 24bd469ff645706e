import { checkOptions, checkValue, functionRule, having, listRule, needed } from '@latentkit/core/options';
import { byValue, type Outcome, outcomeOf, type Strategy, type Task } from './strategies/strategy.ts';

export interface RunSweepOptions<Result extends Outcome> {
  /** Does a task, or finds what came of it: begun as soon as the task is certain, however many are under way. */
  run(task: Task): Promise<Result>;
  /** Hears of tasks when they become certain, in the strategy's order. */
  onTask?: (task: Task) => void;
  /** Hears of outcomes as they come. */
  onOutcome?: (outcome: Result, task: Task) => void;
}

const strategyRule = having('a strategy, what createStrategy gives', { tasks: 'function' });

/**
 * Does all tasks of a strategy.
 *
 * @returns what came of them, by trial and then by epochs: the same whatever the order of work.
 * @throws what `run` throws, of the first that does.
 * @example
 * const outcomes = await runSweep(strategy, {
 *   run: async (task) => ({ ...task, value: (task.settings.x - 1) ** 2 }),
 * });
 */
export async function runSweep<Result extends Outcome>(
  strategy: Strategy,
  options: RunSweepOptions<Result>,
): Promise<Result[]> {
  checkValue('runSweep', 'strategy', strategy, strategyRule);
  checkOptions('runSweep', options, {
    run: needed(functionRule),
    onTask: functionRule,
    onOutcome: functionRule,
  });
  const { run, onTask, onOutcome } = options;
  const outcomes: Result[] = [];
  let begun = 0;
  await new Promise<void>((resolve, reject) => {
    const begin = () => {
      const tasks = strategy.tasks(outcomes);
      const known = outcomeOf(outcomes);
      const isNew = (task: Task) => !known(task) && !underWay.has(keyOf(task));
      for (const task of tasks.filter(isNew)) {
        begun++;
        underWay.add(keyOf(task));
        onTask?.(task);
        run(task)
          .then((outcome) => {
            underWay.delete(keyOf(task));
            outcomes.push(outcome);
            onOutcome?.(outcome, task);
            begin();
          })
          .catch(reject);
      }
      if (begun === outcomes.length) resolve();
    };
    const underWay = new Set<string>();
    begin();
  });
  return outcomes.sort((a, b) => a.trial - b.trial || a.epochs - b.epochs);
}

const keyOf = ({ trial, epochs }: Pick<Task, 'trial' | 'epochs'>) => `${trial} ${epochs}`;

/**
 * The last outcome of each trial, the best first: those that were trained longest before the others, and then by value.
 *
 * @example
 * const [best] = rankTrials(outcomes);
 */
export function rankTrials<Result extends Outcome>(outcomes: readonly Result[]): Result[] {
  checkValue('rankTrials', 'outcomes', outcomes, listRule);
  const last = new Map<number, Result>();
  for (const outcome of outcomes) {
    const known = last.get(outcome.trial);
    if (!known || known.epochs < outcome.epochs) last.set(outcome.trial, outcome);
  }
  const failed = ({ value }: Outcome) => (Number.isFinite(value) ? 0 : 1);
  return [...last.values()].sort((a, b) => failed(a) - failed(b) || b.epochs - a.epochs || byValue(a, b));
}
