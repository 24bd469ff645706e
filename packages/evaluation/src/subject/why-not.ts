import { checkValue, having } from '@latentkit/core/options';
import type { Need, Subject } from './subject.ts';

export const subjectRule = having(
  'a subject',
  { model: 'object', set: 'object', lacks: 'function', codes: 'function' },
  'openSubject(model, set) opens one',
);

const needsRule = having('a metric or a score, { needs }', { needs: 'object' }, 'METRICS has metrics');

/**
 * Why a metric, or a score of anomalies, cannot be measured of a subject, in a sentence; undefined where it can.
 *
 * @example
 * METRICS.filter((metric) => whyNot(metric, subject) === undefined); // those that can be measured
 */
export function whyNot(what: { readonly needs: readonly Need[] }, subject: Subject): string | undefined {
  checkValue('whyNot', 'what', what, needsRule);
  checkValue('whyNot', 'subject', subject, subjectRule);
  return what.needs.map((need) => subject.lacks(need)).find((lack) => lack !== undefined);
}
