import { LatentkitError } from '@latentkit/core';
import { checkOptions, checkValue, listRule } from '@latentkit/core/options';
import { checkWidth } from '../svg/check-width.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import { theme } from '../svg/theme.ts';
import { drawBarRows } from './bar-rows.ts';

/** How well a column of a table is given back. */
export interface ColumnScore {
  readonly name: string;
  /** Of numbers the share of their variance; of words the share of rows that are right. 1 is all. */
  readonly score: number;
  /** What always giving the mean, or the most frequent word, would score. */
  readonly baseline: number;
  readonly isNumber: boolean;
}

export interface PlotColumnsOptions {
  /** CSS pixels, 720 by default. */
  width?: number;
  title?: string;
  subtitle?: string;
}

const MOST_ROWS = 200;

/**
 * How well each column of a table is given back, as bars from 0 to 1 in the table's order, each with a mark where guessing without
 * a model stands.
 *
 * @returns a standalone SVG; the same numbers give the same string.
 * @throws `E_SHAPE` without a column; `E_NOT_FINITE` for a score that is no number; `E_LIMIT` for more than 200 columns;
 * `E_RANGE` when `width` is below 240.
 * @example
 * const svg = plotColumns([{ name: 'age', score: 0.82, baseline: 0, isNumber: true }]);
 */
export function plotColumns(columns: readonly ColumnScore[], options: PlotColumnsOptions = {}): string {
  checkValue('plotColumns', 'columns', columns, listRule);
  checkOptions('plotColumns', options, LOOK_RULES);
  const { width = 720, title = 'Columns given back', subtitle } = options;
  checkWidth('plotColumns', width);
  checkScores(columns);
  const heading = { title, subtitle: subtitle ?? summary(columns) };
  const rows = columns.map(({ name, score, baseline, isNumber }) => ({
    ...{ name, share: score, mark: baseline, text: score.toFixed(2) },
    fill: isNumber ? theme.train : theme.neutral,
  }));
  const axis = 'share of the variance (numbers) or of the rows (words)';
  return drawBarRows(rows, { width, heading, axis });
}

function summary(columns: readonly ColumnScore[]): string {
  const better = columns.filter(({ score, baseline }) => score > baseline).length;
  return `${better} of ${columns.length} columns are given back better than by guessing (the mark)`;
}

function checkScores(columns: readonly ColumnScore[]): void {
  if (columns.length === 0) throw new LatentkitError('E_SHAPE', 'plotColumns: expected one column at least');
  if (columns.length > MOST_ROWS) {
    throw new LatentkitError(
      'E_LIMIT',
      `plotColumns: expected at most ${MOST_ROWS} columns, got ${columns.length}`,
      {
        fix: 'Show some of them.',
      },
    );
  }
  for (const [i, column] of columns.entries()) {
    const { name, score, baseline } = Object(column) as ColumnScore;
    if (typeof name !== 'string') throw new LatentkitError('E_USAGE', `plotColumns: column ${i} has no name`);
    if (Number.isFinite(score) && Number.isFinite(baseline)) continue;
    throw new LatentkitError(
      'E_NOT_FINITE',
      `plotColumns: column ${i} scores ${score}, and guessing ${baseline}`,
    );
  }
}
