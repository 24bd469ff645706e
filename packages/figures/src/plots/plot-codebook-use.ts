import { LatentkitError, portableExp, portableLog } from '@latentkit/core';
import { checkOptions, listRule, needed } from '@latentkit/core/options';
import { checkWidth } from '../svg/check-width.ts';
import { contentTop, figure } from '../svg/figure.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import { theme } from '../svg/theme.ts';
import { label } from '../text/label.ts';
import { niceTicks } from '../text/nice-ticks.ts';
import { drawBars } from './draw-bars.ts';
import { plotGroup, tickRoom } from './plot-group.ts';

export interface CodebookUse {
  /** How often each code was chosen. */
  counts: ArrayLike<number>;
}

export interface CodebookUseOptions {
  /** CSS pixels, 720 by default. */
  width?: number;
  title?: string;
  subtitle?: string;
}

const HEIGHT = 220;
const MOST_BARS = 160; // beyond them bars touch each other

/**
 * How much of all vectors each code of a codebook stands for, in per cent, as bars: the most frequent code first.
 *
 * The subtitle says the perplexity, `exp(-sum of p log p)`, which is the number of codes where all are used alike.
 *
 * @returns a standalone SVG; the same numbers give the same string.
 * @throws `E_SHAPE` for a codebook without codes; `E_RANGE` for counts that cannot be, or of which none is above 0, and when `width` is below 240.
 * @example
 * const svg = plotCodebookUse({ counts: [40, 12, 0, 3] });
 */
export function plotCodebookUse(use: CodebookUse, options: CodebookUseOptions = {}): string {
  checkOptions('plotCodebookUse', use, { counts: needed(listRule) }, 'use');
  checkOptions('plotCodebookUse', options, LOOK_RULES);
  const { width = 720, title = 'Use of the codebook', subtitle } = options;
  checkWidth('plotCodebookUse', width);
  const shares = sharesOf(use.counts);
  const used = shares.filter((share) => share > 0);
  const perplexity = portableExp(-used.reduce((sum, share) => sum + share * portableLog(share), 0));
  const heading = {
    title,
    subtitle:
      subtitle ?? `${used.length} of ${shares.length} codes chosen; perplexity ${perplexity.toFixed(1)}`,
  };
  const percents = shares.map((share) => 100 * share);
  const highest = percents[0]! * 1.04;
  const pixel = highest / HEIGHT; // so that all that the subtitle counts can be seen
  const yTicks = niceTicks(0, highest, 5);
  const left = theme.margin + 18 + tickRoom(yTicks);
  const top = contentTop(heading) + 12;
  const area = { left, top, width: width - left - theme.margin, height: HEIGHT };
  const half = shares.length > MOST_BARS ? 0.5 : 0.38;
  const middle = top + HEIGHT / 2;
  return figure({ width, height: top + HEIGHT + 44 + theme.margin / 2 }, heading, [
    plotGroup({
      ...area,
      x: { domain: [0.5, shares.length + 0.5], ticks: niceTicks(1, shares.length, 8, true) },
      y: { domain: [0, highest], ticks: yTicks },
      marks: drawBars(
        percents.map((percent) => ({
          value: percent > 0 ? Math.max(percent, pixel) : 0,
          fill: theme.train,
        })),
        { half },
      ),
    }),
    label('label', 'codes, by how often they are chosen', left + area.width / 2, top + HEIGHT + 40, {
      'text-anchor': 'middle',
    }),
    label('label', '% of vectors', theme.margin + 8, middle, {
      'text-anchor': 'middle',
      transform: `rotate(-90 ${theme.margin + 8} ${middle})`,
    }),
  ]);
}

/** Of all that were chosen, largest first. */
function sharesOf(counts: ArrayLike<number>): number[] {
  if (counts.length === 0) {
    throw new LatentkitError('E_SHAPE', 'plotCodebookUse: expected a count for each code, got none');
  }
  const bad = Array.from(counts).findIndex((count) => !Number.isFinite(count) || count < 0);
  if (bad >= 0) {
    throw new LatentkitError(
      'E_RANGE',
      `plotCodebookUse: code ${bad} was chosen ${counts[bad]} times: expected a count of at least 0`,
    );
  }
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) throw new LatentkitError('E_RANGE', 'plotCodebookUse: no code was chosen at all');
  return Array.from(counts, (count) => count / total).sort((a, b) => b - a);
}
