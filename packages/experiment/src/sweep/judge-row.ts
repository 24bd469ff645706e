import { LatentkitError } from '@latentkit/core';
import type { MetricsRow } from '@latentkit/trainers';
import { negativeElboOfRow } from '../elbo-of-row.ts';

/** Judges by the negative ELBO of validation at beta 1. */
export const JUDGED_BY_ELBO = 'elbo';

/**
 * What a trial's epoch is judged by: the lower, the better. `'elbo'` is `valReconstruction + valKl` (and `valKlZ2`, of two levels),
 * whatever weights training gave them, so that trials of different weights compare.
 *
 * @throws `E_CONFIG` where the row has no such column, with those that it has.
 */
export function judgeRow(row: MetricsRow, judge: string): number {
  const columns = row as unknown as Readonly<Record<string, unknown>>;
  if (judge === JUDGED_BY_ELBO) {
    const negative = negativeElboOfRow(row);
    if (negative !== undefined) return negative;
    throw noColumn(
      "the judge 'elbo' adds valReconstruction and valKl, which this objective does not have both of",
      columns,
    );
  }
  const value = Object.hasOwn(columns, judge) ? columns[judge] : undefined;
  if (typeof value === 'number') return value;
  throw noColumn(`the judge '${judge}' is no column of this objective's rows`, columns);
}

function noColumn(words: string, columns: Readonly<Record<string, unknown>>): LatentkitError {
  const numbers = Object.keys(columns).filter((name) => typeof columns[name] === 'number');
  const losses = numbers.filter((name) => !['epoch', 'seconds'].includes(name));
  return new LatentkitError('E_CONFIG', words, { fix: `Name one of them as judge: ${losses.join(', ')}` });
}

/** What is judged, for a reader. */
export function judgeTitle(judge: string): string {
  return judge === JUDGED_BY_ELBO ? 'negative ELBO' : judge;
}
