import type { StoredRun } from '../lab/run-messages.ts';
import { sayBytes, sayCount, sayDuration, sayNumber } from './phrases.ts';

const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** How far a kept run is, in a few words. */
export function sayState(run: StoredRun): string {
  switch (run.state) {
    case 'damaged':
      return 'Damaged';
    case 'writing':
      return `Being trained, epoch ${run.epochs} of ${run.of}`;
    case 'stopped':
      return `Stopped after epoch ${run.epochs} of ${run.of}`;
    case 'finished':
      return run.epochs === 0
        ? 'Imported'
        : `Finished, ${run.epochs} ${run.epochs === 1 ? 'epoch' : 'epochs'}`;
  }
}

/** What is known of a kept run, as pairs of a name and a value. */
export function factsOfRun(run: StoredRun): readonly (readonly [name: string, value: string])[] {
  const { bytes, at, fingerprint } = run;
  const facts: (readonly [string, string])[] = [];
  if (run.state !== 'damaged') {
    facts.push(['Recipe', run.recipe], sayData(run));
    if (run.valLoss !== undefined) facts.push(['Validation loss', sayNumber(run.valLoss)]);
    if (run.seconds > 0) facts.push(['Trained', sayDuration(run.seconds)]);
  }
  facts.push(['Saved', date.format(new Date(at))], ['Size', sayBytes(bytes)]);
  if (fingerprint) facts.push(['Weights', fingerprint.slice(0, 8)]);
  return facts;
}

/** What a run was made with: a data set by its name, a person's own by what they are. */
function sayData({ dataset, own }: Extract<StoredRun, { dataset: string }>): readonly [string, string] {
  if (dataset !== 'arrays') return ['Images', dataset];
  if (!own) return ['Data', 'your own'];
  const count = sayCount(own.count);
  if (own.columns === undefined) return ['Images', `${count} of your own`];
  return ['Table', `${count} rows, ${own.columns} ${own.columns === 1 ? 'column' : 'columns'}`];
}

/** How much of the room that the browser gives is used. */
export const sayRoom = (used: number, of: number): string => `${sayBytes(used)} of ${sayBytes(of)} are used.`;

/** Whether the browser keeps what is here. */
export const sayLasting = (isLasting: boolean): string =>
  isLasting
    ? 'The browser keeps it until you delete it.'
    : 'The browser may clear it when its disk is full: download what matters.';
