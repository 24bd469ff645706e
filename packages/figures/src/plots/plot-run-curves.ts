import { LatentkitError } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  listRule,
  needed,
  type OptionRules,
  objectRule,
  oneOf,
  textRule,
} from '@latentkit/core/options';
import { classColor } from '../colors.ts';
import { checkWidth } from '../svg/check-width.ts';
import { contentTop, figure } from '../svg/figure.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import { theme } from '../svg/theme.ts';

import { classLegend, legendWidth } from './class-legend.ts';
import { lossPanelHeight } from './loss-panel.ts';
import { lossPanels } from './loss-panels.ts';
import { epochsOf, type LossRow, lossColumn, lossKeys, lossTitle, validationKey } from './loss-row.ts';

/** The losses of a run among others. */
export interface RunCurve {
  name: string;
  /** A row an epoch, in order. */
  history: readonly LossRow[];
  /** The epoch whose weights it kept: a ring. */
  kept?: number;
}

export interface RunCurvesOptions {
  /** CSS pixels, 900 by default. */
  width?: number;
  title?: string;
  subtitle?: string;
  /** Titles of the terms' panels by column; made of the columns' names by default. */
  terms?: Readonly<Record<string, string>>;
  /** What the images of the `val` columns are; `'validation'` by default. */
  judges?: 'validation' | 'test';
}

const RULES: OptionRules<RunCurvesOptions> = {
  ...LOOK_RULES,
  terms: objectRule,
  judges: oneOf('validation', 'test'),
};

const CURVE: OptionRules<RunCurve> = { name: needed(textRule), history: needed(listRule), kept: anything };

const GAP = 28;

/**
 * The losses of several runs over each other as an SVG: a panel of the total and of each term, a colour a run, training dotted,
 * validation (or `judges`: test) whole.
 *
 * Losses under different weights of their terms do not compare; their terms do.
 *
 * @returns a standalone SVG; the same runs give the same string.
 * @throws `E_USAGE` when there is no run; `E_NOT_FINITE` when an epoch is not finite, or no loss is; `E_RANGE` when `width` is below 240.
 * @example
 * const svg = plotRunCurves([
 *   { name: 'beta 1', history: [{ epoch: 1, loss: 191.4, valLoss: 168.6 }, { epoch: 2, loss: 160.2, valLoss: 155.3 }], kept: 2 },
 *   { name: 'beta 4', history: [{ epoch: 1, loss: 199.8, valLoss: 181.1 }] },
 * ]);
 */
export function plotRunCurves(runs: readonly RunCurve[], options: RunCurvesOptions = {}): string {
  checkValue('plotRunCurves', 'runs', runs, listRule);
  for (const [i, run] of Array.from(runs).entries()) checkOptions('plotRunCurves', run, CURVE, `runs[${i}]`);
  checkOptions('plotRunCurves', options, RULES);
  const { width = 900, judges = 'validation', terms = {}, title = 'Losses by run' } = options;
  const { subtitle = `${judges} whole, training dotted; a ring on the epoch that was kept` } = options;
  checkWidth('plotRunCurves', width);
  if (runs.length === 0) throw new LatentkitError('E_USAGE', 'plotRunCurves: expected a run at least');
  const curves = runs.map((run, i) => ({
    ...run,
    color: classColor(i, 'moreContrast').fill, // thin lines have no rim
    rows: new Map(epochsOf('plotRunCurves', run.history).map((epoch, at) => [epoch, run.history[at]!])),
  }));
  const epochs = [...new Set(curves.flatMap(({ rows }) => [...rows.keys()]))].sort((a, b) => a - b);
  const columnOf = ({ rows }: (typeof curves)[number], key: string) =>
    lossColumn(
      epochs.map((epoch) => rows.get(epoch) ?? { epoch }),
      key,
    );
  const panels = [...new Set(runs.flatMap(({ history }) => lossKeys(history)))].map((key) => ({
    title: terms[key] ?? lossTitle(key),
    series: [
      ...curves.map((run) => ({ ...run, dashed: true, kept: undefined, values: columnOf(run, key) })),
      ...curves.map((run) => ({ ...run, values: columnOf(run, validationKey(key)) })),
    ].filter(({ values }) => values.some(Number.isFinite)),
  }));
  const shown = panels.filter(({ series }) => series.length > 0);
  if (shown.length === 0) {
    throw new LatentkitError('E_NOT_FINITE', `plotRunCurves: none of ${runs.length} runs has a finite loss`);
  }
  const top = contentTop({ title, subtitle }) + 12;
  const beside = legendWidth(curves);
  const { elements, height } = lossPanels(shown, {
    ...{ epochs, smoothing: 1, named: false, left: theme.margin, top },
    width: Math.max(1, width - 2 * theme.margin - GAP - beside),
  });
  const legend = classLegend(curves, width - theme.margin - beside, top + 20, lossPanelHeight - 60);
  return figure({ width, height: top + height }, { title, subtitle }, [...elements, legend]);
}
