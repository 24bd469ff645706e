import { checkValue, having, listRule } from '@latentkit/core/options';
import { type MetricsRow, termColumns, validationColumn } from '@latentkit/trainers';
import { negativeElboOfRow } from '../elbo-of-row.ts';
import { duration, fixed, whole, wordsOf } from '../report/words.ts';
import type { ComparedRow } from './compare-settings.ts';

/** What is measured of a run. */
export interface MeasuredRun {
  readonly history: readonly MetricsRow[];
  readonly keptEpoch: number;
  readonly end?: { readonly testLoss?: number | undefined } | undefined;
}

const FAR = 100;

/** Losses of the kept epochs of runs, and what they took; what none of them has is left out. */
export function compareMeasures(runs: readonly MeasuredRun[]): ComparedRow<number>[] {
  checkValue('compareMeasures', 'runs', runs, listRule);
  const runRule = having('a run', { history: 'object', keptEpoch: 'number' });
  for (const run of Array.from(runs)) checkValue('compareMeasures', 'run', run, runRule);
  const rows = runs.map(
    ({ history, keptEpoch }) => history.find(({ epoch }) => epoch === keptEpoch) ?? history.at(-1)!,
  );
  const terms = [...new Set(rows.flatMap(termColumns))];
  const measure = (
    name: string,
    title: string,
    of: (row: MetricsRow, run: MeasuredRun) => number | undefined,
    show: (value: number, largest: number) => string = fixed,
  ): ComparedRow<number> => {
    const values = rows.map((row, i) => of(row, runs[i]!));
    const largest = Math.max(...values.map((value) => Math.abs(value ?? 0)));
    // What is far below the largest, a mean over pixels beside a sum for example, would lose its digits to it.
    const scaleOf = (value: number) => (Math.abs(value) < largest / FAR ? value : largest);
    const cells = values.map((value) => (value === undefined ? '-' : show(value, scaleOf(value))));
    return { name, title, values, cells };
  };
  const all = [
    measure('valLoss', 'validation loss', ({ valLoss }) => valLoss),
    ...terms.map((term) => {
      const column = validationColumn(term);
      return measure(column, wordsOf(term), (row) => row[column]);
    }),
    measure('elbo', 'ELBO, at beta 1', (row) => {
      const negative = negativeElboOfRow(row);
      return negative === undefined ? undefined : -negative;
    }),
    measure('testLoss', 'test loss', (_, { end }) => end?.testLoss),
    measure('loss', 'training loss', ({ loss }) => loss),
    measure('keptEpoch', 'epoch kept', (_, { keptEpoch }) => keptEpoch, whole),
    measure('epochs', 'epochs done', (_, { history }) => history.length, whole),
    measure(
      'seconds',
      'time of all epochs',
      (_, { history }) => history.reduce((sum, { seconds }) => sum + seconds, 0),
      duration,
    ),
  ];
  return all.filter(({ values }) => values.some((value) => value !== undefined));
}
