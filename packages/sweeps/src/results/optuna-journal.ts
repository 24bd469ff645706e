import { checkValue, listRule, textRule } from '@latentkit/core/options';
import type { Dimension } from '../space/dimension.ts';
import { type SearchSpace, type Settings, spaceRule } from '../space/search-space.ts';

/** A trial as Optuna keeps it. */
export interface JournalTrial {
  readonly settings: Settings;
  /** `done` to its end; `stopped` at a rung, pruned in Optuna's words; `running` else. */
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  /** After each epoch, from the first: what was judged by then. */
  readonly values: readonly number[];
  readonly began: Date;
  readonly ended?: Date | undefined;
}

const OPERATION = { study: 0, trial: 4, parameter: 5, state: 6, intermediate: 7 };
const STATE = { running: 0, done: 1, stopped: 2, failed: 3 };
const MINIMIZE = 1;

/**
 * A sweep as a journal of Optuna: `optuna-dashboard FILE` shows it, and `JournalStorage(JournalFileBackend(FILE))` reads it.
 *
 * @param name of the study.
 * @param trials from the first; their numbers are Optuna's.
 * @returns JSON, a line an operation.
 * @example
 * await writeFile('optuna.log', optunaJournal('beta', space, trials));
 * @see https://optuna.readthedocs.io/en/stable/reference/storages.html
 */
export function optunaJournal(name: string, space: SearchSpace, trials: readonly JournalTrial[]): string {
  return createOptunaJournal(name, space).next(trials);
}

/** A journal that grows while a sweep goes on: Optuna reads what is new by the number of lines that it has read. */
export interface OptunaJournal {
  /**
   * The lines that are new since the last call. Trials keep their places, values only come, and one that is not `running` any more
   * stays as it is.
   */
  next(trials: readonly JournalTrial[]): string;
}

/**
 * A journal of Optuna in pieces, each to be put behind those before.
 *
 * @param name of the study.
 * @example
 * const journal = createOptunaJournal('beta', space);
 * await appendFile('optuna.log', journal.next(trials));
 */
export function createOptunaJournal(name: string, space: SearchSpace): OptunaJournal {
  checkValue('optunaJournal', 'name', name, textRule);
  checkValue('optunaJournal', 'space', space, spaceRule);
  const told: { values: number; isOver: boolean }[] = [];
  let isBegun = false;
  return {
    next(trials) {
      checkValue('optunaJournal', 'trials', trials, listRule);
      const lines: object[] = [];
      if (!isBegun) lines.push({ op_code: OPERATION.study, study_name: name, directions: [MINIMIZE] });
      isBegun = true;
      for (const [id, trial] of trials.entries()) {
        if (!told[id]) lines.push(...beginningOf(id, trial, space));
        const before = told[id] ?? { values: 0, isOver: false };
        lines.push(...newsOf(id, trial, before));
        told[id] = { values: trial.values.length, isOver: trial.state !== 'running' };
      }
      return lines.map((line) => `${JSON.stringify({ ...line, worker_id: 'latentkit' })}\n`).join('');
    },
  };
}

function beginningOf(id: number, { settings, began }: JournalTrial, space: SearchSpace): object[] {
  const searched = space.dimensions.filter((dimension) => Object.hasOwn(settings, dimension.name));
  return [
    { op_code: OPERATION.trial, study_id: 0, datetime_start: timeOf(began) },
    ...searched.map((dimension) => ({
      op_code: OPERATION.parameter,
      trial_id: id,
      param_name: dimension.name,
      param_value_internal: internalOf(dimension, settings[dimension.name]),
      distribution: JSON.stringify(distributionOf(dimension)),
    })),
  ];
}

function newsOf(
  id: number,
  { state, values, began, ended }: JournalTrial,
  before: { values: number; isOver: boolean },
): object[] {
  if (before.isOver) return [];
  const last = values.at(-1);
  return [
    ...values.slice(before.values).map((value, i) => ({
      op_code: OPERATION.intermediate,
      trial_id: id,
      step: before.values + i + 1,
      intermediate_value: value,
    })),
    ...(state === 'running'
      ? []
      : [
          {
            op_code: OPERATION.state,
            trial_id: id,
            state: STATE[state],
            values: state === 'failed' || last === undefined ? null : [last],
            datetime_complete: timeOf(ended ?? began),
          },
        ]),
  ];
}

/** UTC, to the microsecond. */
function timeOf(date: Date): string {
  return date.toISOString().replace(/Z$/, '000+00:00');
}

/** A number, or the place of a choice. */
function internalOf(dimension: Dimension, value: unknown): unknown {
  if (dimension.kind === 'numbers') return value;
  const text = JSON.stringify(value);
  return dimension.values.findIndex((one) => JSON.stringify(one) === text);
}

function distributionOf(dimension: Dimension): object {
  if (dimension.kind === 'choices') {
    return { name: 'CategoricalDistribution', attributes: { choices: dimension.values.map(choiceOf) } };
  }
  const { from: low, to: high, isLog: log, step = null } = dimension;
  const isWhole = [low, step].every(Number.isInteger);
  const name = isWhole ? 'IntDistribution' : 'FloatDistribution';
  return { name, attributes: { log, step, low, high } };
}

/** Optuna's choices are plain values. */
function choiceOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
