import { rateCuts } from '@latentkit/experiment/config';
import type { EpochEvent } from '@latentkit/trainers';
import type { Session } from './session.ts';

/** A place on a curve that one should know of. */
export interface Mark {
  readonly epoch: number;
  readonly words: string;
}

/** The epochs where something happened: cuts of the learning rate, and the epoch whose weights were kept. */
export function marksOf({ rows, end }: Session): Mark[] {
  const cuts = rateCuts(rows).map((epoch) => ({ epoch, words: 'rate cut' }));
  const last = rows.at(-1)?.epoch;
  const kept = end && end.reason !== 'aborted' && end.epoch > 0 && end.epoch !== last;
  return kept ? [...cuts, { epoch: end.epoch, words: 'kept' }] : cuts;
}

/** Of a curve, each point and those before it, as far as `epochs` go. */
export function smooth(values: readonly number[], epochs: number): number[] {
  return values.map((_, i) => {
    const some = values.slice(Math.max(0, i + 1 - epochs), i + 1);
    return some.reduce((sum, value) => sum + value, 0) / some.length;
  });
}

/** A column of the rows; NaN where a row has none. */
export const columnOf = (rows: readonly EpochEvent[], column: string): number[] =>
  rows.map((row) => (typeof row[column] === 'number' ? row[column] : Number.NaN));
