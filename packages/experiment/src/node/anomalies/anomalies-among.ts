import { LatentkitError } from '@latentkit/core';
import type { ScoredExamples } from './score-examples.ts';

/**
 * Of each example, whether it is of one of the classes that are anomalies.
 *
 * @throws `E_USAGE` for examples without classes; `E_UNKNOWN_NAME` for a class that none of them is of.
 */
export function anomaliesAmong(
  { labels, classNames, title }: Pick<ScoredExamples, 'labels' | 'classNames'> & { readonly title: string },
  anomalous: readonly (number | string)[],
): boolean[] {
  if (!labels) {
    throw new LatentkitError('E_USAGE', `${title} have no classes, and anomalous says which are anomalies`, {
      fix: 'Give a class for each with --labels FILE, or leave --anomalous out',
    });
  }
  const there = new Set(labels);
  const wanted = anomalous.map((one) => {
    const named = classNames?.indexOf(String(one)) ?? -1;
    const label = named >= 0 ? named : /^\d+$/.test(String(one)) ? Number(one) : -1;
    if (label >= 0 && there.has(label)) return label;
    const classes = [...there].filter((label) => label >= 0).sort((a, b) => a - b);
    throw new LatentkitError(
      'E_UNKNOWN_NAME',
      `none of the ${labels.length} ${title} is of the class '${one}'`,
      { fix: `Their classes: ${classes.map((label) => classNames?.[label] ?? label).join(', ')}` },
    );
  });
  return Array.from(labels, (label) => wanted.includes(label));
}
