import { LatentkitError } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  listRule,
  type OptionRules,
  objectRule,
  oneOf,
} from '@latentkit/core/options';
import { checkWidth } from '../svg/check-width.ts';
import { contentTop, figure } from '../svg/figure.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import { theme } from '../svg/theme.ts';
import { lossPanels } from './loss-panels.ts';
import { epochsOf, type LossRow, lossColumn, lossKeys, lossTitle, validationKey } from './loss-row.ts';

export interface LossCurvesOptions {
  /** Epochs of the centred moving average, its ends mirrored; above 1 the raw curves stay behind it, faint. 1 by default. */
  smoothing?: number;
  /** CSS pixels, 900 by default. */
  width?: number;
  title?: string;
  subtitle?: string;
  /** Titles of the terms' panels by column; made of the columns' names by default. A column that is named here has a panel without a `val` twin, too. */
  terms?: Readonly<Record<string, string>>;
  /** What the images of the `val` columns are; `'validation'` by default. */
  judges?: 'validation' | 'test';
  /** The epoch whose weights were kept: a ring on the `val` curves. */
  kept?: number;
  /** Epochs after which the learning rate was cut: dashed lines. */
  rateChanges?: readonly number[];
}

const RULES: OptionRules<LossCurvesOptions> = {
  ...LOOK_RULES,
  smoothing: anything,
  terms: objectRule,
  judges: oneOf('validation', 'test'),
  kept: anything,
  rateChanges: listRule,
};

/** Panels that have something to show, without a reconstruction that is the whole loss anyway. */
function panelsOf(
  history: readonly LossRow[],
  { terms = {}, judges = 'validation', kept }: Pick<LossCurvesOptions, 'terms' | 'judges' | 'kept'>,
) {
  const panels = lossKeys(history, Object.keys(terms)).map((name) => ({
    name,
    title: terms[name] ?? lossTitle(name),
    series: [
      { name: 'train', color: theme.train, values: lossColumn(history, name) },
      { name: judges, color: theme.validation, values: lossColumn(history, validationKey(name)), kept },
    ].filter(({ values }) => values.some(Number.isFinite)),
  }));
  const numbersOf = ({ series }: (typeof panels)[number]) =>
    series.map(({ values }) => values.join()).join(';');
  const isTotal = (panel: (typeof panels)[number]) =>
    panel.name === 'reconstruction' && numbersOf(panel) === numbersOf(panels[0]!);
  return panels.filter((panel) => panel.series.length > 0 && !isTotal(panel));
}

/**
 * Losses over the epochs as an SVG: panels of the total and of each term that has a `val` twin, each with the
 * training and the validation (or `judges`: test) curve and their last values. Parts that the history does not have get no panel. An axis
 * is logarithmic (and says so) where the first epochs of a curve that falls would dwarf all others.
 *
 * @param history a row per epoch, in order. Missing and non-finite losses are gaps.
 * @returns a standalone SVG; the same history gives the same string.
 * @throws `E_SHAPE` for an empty history; `E_NOT_FINITE` when an epoch is not finite, or no loss is; `E_RANGE` when
 * `smoothing` is not a whole number of at least 1, or `width` is below 240.
 * @example
 * const svg = plotLossCurves([
 *   { epoch: 1, loss: 191.4, reconstruction: 184.1, kl: 7.3, valLoss: 168.6, valReconstruction: 158.9, valKl: 9.7 },
 *   { epoch: 2, loss: 160.2, reconstruction: 148.7, kl: 11.5, valLoss: 155.3, valReconstruction: 143.2, valKl: 12.1 },
 * ]);
 */
export function plotLossCurves(history: readonly LossRow[], options: LossCurvesOptions = {}): string {
  checkValue('plotLossCurves', 'history', history, listRule);
  checkOptions('plotLossCurves', options, RULES);
  const {
    smoothing = 1,
    width = 900,
    judges = 'validation',
    subtitle,
    terms,
    kept,
    rateChanges = [],
  } = options;
  const { title = `Training and ${judges} loss` } = options;
  checkWidth('plotLossCurves', width);
  if (history.length === 0)
    throw new LatentkitError('E_SHAPE', 'plotLossCurves: expected at least one epoch, got none');
  if (!Number.isSafeInteger(smoothing) || smoothing < 1) {
    throw new LatentkitError(
      'E_RANGE',
      `plotLossCurves: expected a whole smoothing >= 1 (epochs), got ${smoothing}`,
    );
  }
  const epochs = epochsOf('plotLossCurves', history);
  const panels = panelsOf(history, { terms, judges, kept });
  if (panels.length === 0) {
    throw new LatentkitError(
      'E_NOT_FINITE',
      `plotLossCurves: none of the ${history.length} rows has a finite loss`,
    );
  }
  const words = [
    `${history.length} epoch${history.length === 1 ? '' : 's'}`,
    ...(smoothing > 1 ? [`mean of ${smoothing} epochs over the raw curve`] : []),
    ...(kept !== undefined && epochs.includes(kept) ? [`ring: epoch ${kept}, the kept one`] : []),
    ...(rateChanges.length > 0 ? ['dashed: the learning rate is cut'] : []),
  ];
  const heading = { title, subtitle: subtitle ?? words.join(' · ') };
  const top = contentTop(heading) + 12;
  const { elements, height } = lossPanels(panels, {
    ...{ epochs, smoothing, rateChanges, top },
    ...{ left: theme.margin, width: width - 2 * theme.margin },
  });
  return figure({ width, height: top + height }, heading, elements);
}
