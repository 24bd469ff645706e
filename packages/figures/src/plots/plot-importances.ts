import { LatentkitError } from '@latentkit/core';
import { checkOptions, checkValue, listRule } from '@latentkit/core/options';
import { checkWidth } from '../svg/check-width.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import { theme } from '../svg/theme.ts';
import { drawBarRows } from './bar-rows.ts';

/** What a setting has to do with a result. */
export interface PlottedImportance {
  readonly name: string;
  /** 0 to 1; undefined where it cannot be told. */
  readonly share: number | undefined;
  /** Behind its bar: which values are better, say. */
  readonly note?: string | undefined;
}

export interface PlotImportancesOptions {
  /** CSS pixels, 720 by default. */
  width?: number;
  title?: string;
  subtitle?: string;
}

/**
 * What settings have to do with a result, as bars from 0 to 1 in the order that is given.
 *
 * @returns a standalone SVG; the same numbers give the same string.
 * @throws `E_SHAPE` without a setting; `E_NOT_FINITE` for a share that is no number; `E_RANGE` when `width` is below 240.
 * @example
 * const svg = plotImportances([{ name: 'learningRate', share: 0.71, note: 'lower is better' }]);
 */
export function plotImportances(
  importances: readonly PlottedImportance[],
  options: PlotImportancesOptions = {},
): string {
  checkValue('plotImportances', 'importances', importances, listRule);
  checkOptions('plotImportances', options, LOOK_RULES);
  const { width = 720, title = 'What settings have to do with it', subtitle = '' } = options;
  checkWidth('plotImportances', width);
  if (importances.length === 0) {
    throw new LatentkitError('E_SHAPE', 'plotImportances: expected one setting at least');
  }
  const rows = Array.from(importances, (importance, i) => {
    const { name, share, note } = Object(importance) as PlottedImportance;
    if (typeof name !== 'string') {
      throw new LatentkitError('E_USAGE', `plotImportances: setting ${i} has no name`);
    }
    if (share !== undefined && !Number.isFinite(share)) {
      throw new LatentkitError('E_NOT_FINITE', `plotImportances: the share of ${name} is ${share}`);
    }
    const number = share === undefined ? 'cannot be told' : share.toFixed(2);
    return { name, share, fill: theme.train, text: note ? `${number}  ${note}` : number };
  });
  const axis = "share of the variance of the trials' ranks";
  return drawBarRows(rows, { width, heading: { title, subtitle }, axis, valueRoom: 150 });
}
