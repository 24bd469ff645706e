import type { MetricRow } from '@latentkit/evaluation';
import { sayCount, sayNumber } from './phrases.ts';

/** What each number means, for somebody who sees it first. */
const MEASURE_WORDS: Readonly<Record<string, string>> = {
  negativeElbo:
    'How many nats it takes to tell an image by its code and what the decoder makes of it; less is better.',
  reconstruction: 'The part of it that the picture takes, once the code is known.',
  kl: 'The part of it that the code takes.',
  mse: 'How far a pixel lies from its reconstruction, squared, from 0 to 1.',
  squaredError: 'The same, summed over the pixels of an image.',
  activeUnits: 'Numbers of the code that differ from image to image; the others say nothing.',
  klPerDimension: 'What a number of the code says on average.',
};

/** The same of the rows of a table, where it is said otherwise. */
const ROW_WORDS: typeof MEASURE_WORDS = {
  negativeElbo:
    'How many nats it takes to tell a row by its code and what the decoder makes of it; less is better.',
  reconstruction: 'The part of it that the cells take, once the code is known.',
  mse: 'How far a number lies from its reconstruction, squared; numbers are standardised, words are probabilities.',
  squaredError: 'The same, summed over the numbers of a row.',
  activeUnits: 'Numbers of the code that differ from row to row; the others say nothing.',
};

/** What a number means; undefined for one that explains itself. */
export const sayWhatItMeans = (name: string, isOfTable: boolean): string | undefined =>
  (isOfTable ? ROW_WORDS[name] : undefined) ?? MEASURE_WORDS[name];

/** `163.42`; of small numbers the digits that tell them apart. */
export function sayMeasure(value: number): string {
  return Math.abs(value) >= 1 || value === 0 ? sayNumber(value) : value.toPrecision(3);
}

/** `± 0.61`, its standard error. */
export const sayStandardError = ({ error }: Pick<MetricRow, 'error'>): string =>
  error === undefined ? '' : `± ${sayMeasure(error)}`;

/** What is called odd by a threshold. */
export function sayOdd(
  { odd, of, images }: { readonly odd: number; readonly of: number; readonly images: string },
  { alarms, examples, clean }: { readonly alarms: number; readonly examples: number; readonly clean: string },
): string {
  const are = odd === 1 ? 'is' : 'are';
  const score = alarms === 1 ? 'scores' : 'score';
  return `${sayCount(odd)} of ${sayCount(of)} ${images} ${are} above it, and of ${sayCount(examples)} ${clean}, which are ordinary, ${sayCount(alarms)} ${score} higher.`;
}

/** `at most 1%`. */
export const sayShare = (share: number): string => `${Number((100 * share).toPrecision(2))}%`;

/** What to do where a run's own images, or rows, are not here. */
export const sayWithoutImages = (isOfTable: boolean): string =>
  isOfTable
    ? 'The rows that it was judged by are not here. Choose a table with its columns, or drop one here: it is judged by that. What you choose stays on this computer.'
    : 'The images that it was judged by are not here. Choose images of its kind, or drop them here: it is judged by those. What you choose stays on this computer.';
