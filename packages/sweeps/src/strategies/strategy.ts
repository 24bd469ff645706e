import type { FieldsOf, FieldsSchema, SchemaEntries } from '@latentkit/core/schema';
import type { SearchSpace, Settings } from '../space/search-space.ts';

/** Something to train: a trial's settings, until so many epochs are done. */
export interface Task {
  /** From 0. */
  readonly trial: number;
  readonly settings: Settings;
  /** In all: what the trial has done before counts. */
  readonly epochs: number;
}

/** What came of a task. */
export interface Outcome {
  readonly trial: number;
  readonly epochs: number;
  /** What is minimised; infinite where the trial failed. */
  readonly value: number;
}

/** Which tasks a sweep is made of, as a pure function of what came of them so far: workers and their order are of no account. */
export interface Strategy {
  /** How many trials there are in all. */
  readonly trials: number;
  /** Epochs of all tasks together, where each trial goes on from what it has done. */
  readonly epochs: number;
  /** Those that are certain by now, the done ones too, in an order that never changes. When all of them are done, the sweep is over. */
  tasks(outcomes: readonly Outcome[]): readonly Task[];
}

/** What a sweep may spend. */
export interface Budget {
  /** Trials, where the strategy does not say. */
  readonly trials?: number | undefined;
  /** Of a trial that goes to its end. */
  readonly epochs: number;
}

export interface StrategyContext {
  readonly budget: Budget;
  readonly seed: number;
  /** What to call the source of the strategy in an error. */
  readonly where: string;
}

/** A strategy by its name: what its spec may hold, and what it makes of it. */
export interface StrategyKind<Entries extends SchemaEntries = SchemaEntries> {
  readonly type: string;
  readonly fields: FieldsSchema<Entries>;
  create(space: SearchSpace, spec: FieldsOf<Entries>, context: StrategyContext): Strategy;
}

/** A strategy's spec need not say again what its name is. */
export function strategyKind<Entries extends SchemaEntries>(kind: StrategyKind<Entries>): StrategyKind {
  return kind as unknown as StrategyKind;
}

/** Looks outcomes up by trial and epochs. */
export function outcomeOf(
  outcomes: readonly Outcome[],
): (task: Pick<Task, 'trial' | 'epochs'>) => Outcome | undefined {
  const keyOf = ({ trial, epochs }: Pick<Task, 'trial' | 'epochs'>) => `${trial} ${epochs}`;
  const known = new Map(outcomes.map((outcome) => [keyOf(outcome), outcome]));
  return (task) => known.get(keyOf(task));
}

/** The lower value first; of equal ones, and of those that failed, the earlier trial. */
export function byValue(one: Outcome, other: Outcome): number {
  const [a, b] = [one, other].map(({ value }) =>
    Number.isNaN(value) ? Number.POSITIVE_INFINITY : value,
  ) as [number, number];
  return a === b ? one.trial - other.trial : a < b ? -1 : 1;
}
