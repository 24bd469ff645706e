import { LatentkitError } from '@latentkit/core';
import { checkOptions, listRule, needed } from '@latentkit/core/options';
import { checkWidth } from '../svg/check-width.ts';
import { contentTop, figure } from '../svg/figure.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import { type SvgElement, svg } from '../svg/svg.ts';
import { theme } from '../svg/theme.ts';
import { label } from '../text/label.ts';
import { niceTicks } from '../text/nice-ticks.ts';
import { textWidth } from '../text/text-width.ts';
import { drawBars } from './draw-bars.ts';
import { plotGroup, tickRoom } from './plot-group.ts';

export interface KlByDimension {
  /** Mean over the images of each dimension's KL, in nats. */
  kl: ArrayLike<number>;
  /** Which dimensions vary with the image; all by default. */
  isActive?: ArrayLike<boolean>;
}

export interface KlByDimensionOptions {
  /** CSS pixels, 720 by default. */
  width?: number;
  title?: string;
  subtitle?: string;
}

const HEIGHT = 220;
const LEAST_TOP = 0.5; // nats: an unused space is to look empty, not zoomed into
const FEW = 32; // dimensions up to which they stand in their own order

/**
 * What each latent dimension carries, as bars of its KL to the prior: in their order up to 32 dimensions, by size beyond. The
 * axis reaches half a nat at least, so that an unused space looks unused.
 *
 * @returns a standalone SVG; the same numbers give the same string.
 * @throws `E_SHAPE` without a dimension, or for another number of activities; `E_NOT_FINITE` for a KL that is no number;
 * `E_RANGE` when `width` is below 240.
 * @example
 * const svg = plotKlByDimension({ kl: [3.1, 0.002, 2.4], isActive: [true, false, true] });
 */
export function plotKlByDimension(dimensions: KlByDimension, options: KlByDimensionOptions = {}): string {
  checkOptions('plotKlByDimension', dimensions, { kl: needed(listRule), isActive: listRule }, 'dimensions');
  checkOptions('plotKlByDimension', options, LOOK_RULES);
  const { width = 720, title = 'KL by dimension', subtitle } = options;
  const { kl, isActive } = dimensions;
  checkWidth('plotKlByDimension', width);
  const bars = barsOf(kl, isActive);
  const active = bars.filter((bar) => bar.isActive).length;
  const total = bars.reduce((sum, bar) => sum + bar.kl, 0);
  const heading = {
    title,
    subtitle: subtitle ?? `${total.toFixed(2)} nats in all; ${active} of ${bars.length} dimensions active`,
  };
  const highest = Math.max(LEAST_TOP, ...bars.map((bar) => bar.kl)) * 1.04;
  const lowest = Math.min(0, ...bars.map((bar) => bar.kl));
  const yTicks = niceTicks(lowest, highest, 5);
  const left = theme.margin + 18 + tickRoom(yTicks);
  const key = legend(width - theme.margin, contentTop(heading) + 8, active < bars.length);
  const top = contentTop(heading) + (key.length > 0 ? 26 : 12);
  const area = { left, top, width: width - left - theme.margin, height: HEIGHT };
  const middle = top + HEIGHT / 2;
  const isSorted = bars.length > FEW;
  const half = Math.min(0.38, (0.1 * bars.length) / 2 + 0.1); // a few bars are not walls
  return figure({ width, height: top + HEIGHT + 44 + theme.margin / 2 }, heading, [
    ...key,
    plotGroup({
      ...area,
      x: {
        domain: [0.5, bars.length + 0.5],
        ticks: isSorted
          ? niceTicks(1, bars.length, 8, true)
          : niceTicks(1, bars.length, Math.max(1, Math.min(bars.length, 32) - 1), true),
      },
      y: { domain: [lowest, highest], ticks: yTicks },
      marks: drawBars(
        bars.map((bar) => ({ value: bar.kl, fill: colorOf(bar.isActive) })),
        { half, radius: 1.5 },
      ),
    }),
    label(
      'label',
      isSorted ? 'dimensions, by their KL' : 'dimension',
      left + area.width / 2,
      top + HEIGHT + 40,
      {
        'text-anchor': 'middle',
      },
    ),
    label('label', 'nats', theme.margin + 8, middle, {
      'text-anchor': 'middle',
      transform: `rotate(-90 ${theme.margin + 8} ${middle})`,
    }),
  ]);
}

interface Bar {
  kl: number;
  isActive: boolean;
}

const colorOf = (isActive: boolean) => (isActive ? theme.train : theme.axis);

function barsOf(kl: ArrayLike<number>, isActive?: ArrayLike<boolean>): Bar[] {
  if (kl.length === 0 || (isActive && isActive.length !== kl.length)) {
    const got = isActive ? `${kl.length} and ${isActive.length} activities` : 'none';
    throw new LatentkitError('E_SHAPE', `plotKlByDimension: expected a KL for each dimension, got ${got}`);
  }
  const bars = Array.from(kl, (value, i) => ({ kl: value, isActive: isActive?.[i] ?? true }));
  const bad = bars.findIndex((bar) => !Number.isFinite(bar.kl));
  if (bad >= 0) {
    throw new LatentkitError('E_NOT_FINITE', `plotKlByDimension: dimension ${bad} has ${kl[bad]}`);
  }
  return bars.length > FEW ? bars.sort((a, b) => b.kl - a.kl) : bars;
}

/** Which colour means what, right-aligned; nothing where all bars are of one colour. */
function legend(right: number, baseline: number, isNeeded: boolean): SvgElement[] {
  if (!isNeeded) return [];
  let x = right;
  return [false, true].flatMap((isActive) => {
    const text = isActive ? 'active' : 'inactive';
    x -= textWidth(text, theme.label.size);
    const words = label('label', text, x, baseline);
    x -= 15;
    const swatch = svg('rect', {
      ...{ x, y: baseline - 9, width: 10, height: 10, rx: 1.5 },
      fill: colorOf(isActive),
    });
    x -= 14;
    return [swatch, words];
  });
}
