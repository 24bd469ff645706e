import { LatentkitError } from '@latentkit/core';
import { checkOptions, checkValue, listRule } from '@latentkit/core/options';
import { checkWidth } from '../svg/check-width.ts';
import { contentTop, figure } from '../svg/figure.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import { svg } from '../svg/svg.ts';
import type { SvgElement } from '../svg/svg-element.ts';
import { theme } from '../svg/theme.ts';
import { fitText } from '../text/fit-text.ts';
import { label } from '../text/label.ts';
import { textWidth } from '../text/text-width.ts';

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

const ROW = 24;
const BAR = 12;
const MOST_NAME = 180;
const VALUE_ROOM = 46;
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
  const names = columns.map(({ name }) => fitText(name, MOST_NAME, theme.label.size));
  const left = theme.margin + Math.max(...names.map((name) => textWidth(name, theme.label.size))) + 12;
  const room = width - theme.margin - VALUE_ROOM - left;
  const top = contentTop(heading) + 14;
  const bottom = top + ROW * columns.length;
  const x = (score: number) => left + room * Math.min(1, Math.max(0, score));
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return figure({ width, height: bottom + 46 + theme.margin / 2 }, heading, [
    ...ticks.flatMap((tick) => [
      svg('line', { x1: x(tick), x2: x(tick), y1: top, y2: bottom, stroke: theme.grid }),
      label('tick', String(tick), x(tick), bottom + 18, { 'text-anchor': 'middle' }),
    ]),
    ...columns.flatMap((column, i) => rowOf(column, names[i]!, { top: top + i * ROW, left, x })),
    label('label', 'share of the variance (numbers) or of the rows (words)', left + room / 2, bottom + 38, {
      'text-anchor': 'middle',
    }),
  ]);
}

function rowOf(
  { score, baseline, isNumber }: ColumnScore,
  name: string,
  { top, left, x }: { top: number; left: number; x: (score: number) => number },
): SvgElement[] {
  const [middle, bar] = [top + ROW / 2, top + (ROW - BAR) / 2];
  return [
    label('label', name, left - 10, middle + 4, { 'text-anchor': 'end' }),
    svg('rect', {
      ...{ x: left, y: bar, width: Math.max(0, x(score) - left), height: BAR, rx: 1.5 },
      fill: isNumber ? theme.train : theme.neutral,
    }),
    svg('line', {
      x1: x(baseline),
      x2: x(baseline),
      y1: bar - 3,
      y2: bar + BAR + 3,
      stroke: theme.validation,
      'stroke-width': 2,
    }),
    label('tick', score.toFixed(2), x(Math.max(score, baseline)) + 7, middle + 4),
  ];
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
