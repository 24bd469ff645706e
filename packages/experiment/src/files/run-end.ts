import {
  anyNumber,
  checkBy,
  fields,
  optional,
  record,
  type SpecOf,
  text,
  whole,
} from '@latentkit/core/schema';
import type { EndEvent } from '@latentkit/trainers';
import { readNumbers } from './json-numbers.ts';

const schema = fields({
  /** Epochs done: where `metrics.jsonl` has more, training went on and did not come to an end. */
  epochs: whole(0),
  /** ISO 8601. */
  finishedAt: text(),
  /** Versions and processor. */
  environment: record(text(), 'be a text'),
  /** The kept weights' loss on a test set that did not choose them. */
  testLoss: optional(anyNumber()),
});

/** What a run's `end.json` holds: when its training ended and on what, which neither its config nor its rows know. */
export type RunEnd = SpecOf<typeof schema>;

/** The end that an event tells. */
export function runEndOf(
  { history }: EndEvent,
  { date, environment }: { date: Date; environment: RunEnd['environment'] },
): RunEnd {
  return { epochs: history.length, finishedAt: date.toISOString(), environment };
}

/**
 * An `end.json`, every field checked.
 *
 * @throws `E_FORMAT` naming the first field that does not fit.
 */
export function parseRunEnd(value: unknown, where: string): RunEnd {
  return checkBy(schema, readNumbers(value), where, 'E_FORMAT');
}
