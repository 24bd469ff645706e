import { dot, line, type Markish, ruleX } from '@observablehq/plot';
import { svg } from '../svg/svg.ts';
import type { SvgElement } from '../svg/svg-element.ts';
import { theme } from '../svg/theme.ts';
import { formatAlike } from '../text/format-ticks.ts';
import { label } from '../text/label.ts';
import { niceTicks } from '../text/nice-ticks.ts';
import { textWidth } from '../text/text-width.ts';
import { lossScale } from './loss-scale.ts';
import { movingAverage } from './moving-average.ts';
import { plotGroup, tickRoom } from './plot-group.ts';

/** One curve of a panel; NaN is a gap. */
export interface LossSeries {
  name: string;
  color: string;
  values: readonly number[];
  /** Behind the others. */
  dashed?: boolean;
  /** The epoch whose weights were kept: it gets a ring. */
  kept?: number | undefined;
}

export interface LossPanel {
  title: string;
  epochs: readonly number[];
  /** At least one with a finite value. */
  series: readonly LossSeries[];
  smoothing: number;
  /** Epochs after which the learning rate was cut. */
  rateChanges?: readonly number[];
  /** Whether the curves are named here, with their last values; they are by default. */
  named?: boolean;
  left: number;
  top: number;
  width: number;
}

/** CSS pixels: two lines of heading, the plotting area, tick labels, the name of the x axis. */
export const lossPanelHeight = 46 + 190 + 44;
const RAW_OPACITY = 0.3; // of the raw curve behind a smooth one
const FEW = 20; // epochs up to which each gets a point

/** A line is nothing without a neighbour: these points need a dot of their own. */
function isAlone(values: readonly number[], i: number): boolean {
  return Number.isFinite(values[i]) && !Number.isFinite(values[i - 1]) && !Number.isFinite(values[i + 1]);
}

function seriesMarks(
  { color, values, dashed = false, kept }: LossSeries,
  epochs: readonly number[],
  smoothing: number,
): Markish[] {
  const shown = movingAverage(values, smoothing);
  const dotted = epochs.map((_, i) => i).filter((i) => epochs.length <= FEW || isAlone(shown, i));
  const stroke = { stroke: color, strokeLinejoin: 'round', strokeLinecap: 'round' } as const;
  const width = dashed ? { strokeWidth: 1.25, strokeDasharray: '2 4' } : { strokeWidth: 1.75 };
  const ringed = epochs.indexOf(kept ?? Number.NaN);
  return [
    smoothing > 1
      ? line(epochs, { ...stroke, x: epochs, y: values, strokeWidth: 1, strokeOpacity: RAW_OPACITY })
      : null,
    line(epochs, { ...stroke, ...width, x: epochs, y: shown }),
    dashed
      ? null
      : dot(dotted, { x: (i: number) => epochs[i], y: (i: number) => shown[i], r: 2.25, fill: color }),
    Number.isFinite(shown[ringed])
      ? dot([ringed], {
          ...{ x: () => epochs[ringed], y: () => shown[ringed] },
          ...{ r: 4.5, stroke: color, strokeWidth: 2, fill: theme.background },
        })
      : null,
  ];
}

/** Where the learning rate was cut: between the last epoch before it and the first one after. */
function rateMarks(epochs: readonly number[], rateChanges: readonly number[]): Markish {
  const last = Math.max(...epochs);
  const between = rateChanges.map((epoch) => Math.min(last, epoch + 0.5));
  return ruleX(between, { stroke: theme.tick.fill, strokeOpacity: 0.55, strokeDasharray: '3 3' });
}

/** Names of the curves with their last values: the legend, and what one looks for first. */
function legend(series: readonly LossSeries[], left: number, baseline: number): SvgElement[] {
  const elements: SvgElement[] = [];
  const lasts = series.map(({ values }) => values.findLast(Number.isFinite));
  const numbers = formatAlike(lasts.filter((last) => last !== undefined));
  let x = left;
  for (const [i, { name, color }] of series.entries()) {
    const text = lasts[i] === undefined ? name : `${name} ${numbers.shift()}`;
    const y = baseline - 4;
    elements.push(
      svg('line', {
        x1: x + 1,
        x2: x + 13,
        y1: y,
        y2: y,
        stroke: color,
        'stroke-width': 2.5,
        'stroke-linecap': 'round',
      }),
    );
    elements.push(label('label', text, x + 19, baseline));
    x += 19 + textWidth(text, theme.label.size) + 16;
  }
  return elements;
}

/** Whole epochs, the first one always labelled where there is room. */
function epochScale(epochs: readonly number[], width: number) {
  const first = Math.min(...epochs);
  const last = Math.max(...epochs);
  const domain: [number, number] = first === last ? [first - 1, last + 1] : [first, last];
  const ticks = niceTicks(first, last, Math.max(3, Math.round(width / 60)), true);
  const [one = first, two = one] = ticks;
  return { domain, ticks: (one - first) * 2 > two - one ? [first, ...ticks] : ticks };
}

/** One panel of losses: heading, legend with the last values, and the curves over the epochs. */
export function lossPanel({
  title,
  epochs,
  series,
  smoothing,
  rateChanges = [],
  named = true,
  left,
  top,
  width,
}: LossPanel): SvgElement {
  const numbers = series.map(({ values }) => values.filter(Number.isFinite));
  // A curve that rises, as a KL does, has its large values where one looks.
  const mayBeLog = numbers.every((values) => values[0]! >= values.at(-1)!);
  const { domain, ticks, log } = lossScale(numbers.flat(), { mayBeLog });
  const room = tickRoom(ticks);
  const head = named ? 46 : 26;
  const area = { left: left + room, top: top + head, width: width - room, height: 236 - head };
  return svg(
    'g',
    {},
    label('heading', title, left, top + 11),
    ...(log ? [label('tick', 'logarithmic scale', left + width, top + 11, { 'text-anchor': 'end' })] : []),
    ...(named ? legend(series, left, top + 30) : []),
    plotGroup({
      ...area,
      x: epochScale(epochs, width),
      y: { domain, ticks, log },
      marks: [
        rateMarks(epochs, rateChanges),
        ...series.flatMap((one) => seriesMarks(one, epochs, smoothing)),
      ],
    }),
    label('tick', 'epoch', area.left + area.width / 2, area.top + area.height + 38, {
      'text-anchor': 'middle',
    }),
  );
}
