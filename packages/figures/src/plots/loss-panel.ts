import { group, type SvgElement, svg } from '../svg/svg.ts';
import { theme } from '../svg/theme.ts';
import { formatAlike } from '../text/format-ticks.ts';
import { label } from '../text/label.ts';
import { niceTicks } from '../text/nice-ticks.ts';
import { textWidth } from '../text/text-width.ts';
import { lossScale } from './loss-scale.ts';
import { movingAverage } from './moving-average.ts';
import { type ChartMarks, plotGroup, tickRoom } from './plot-group.ts';

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
): ChartMarks {
  const shown = movingAverage(values, smoothing);
  const stroke = {
    ...{ fill: 'none', stroke: color },
    ...{ 'stroke-linejoin': 'round', 'stroke-linecap': 'round' },
  };
  const look = dashed ? { 'stroke-width': 1.25, 'stroke-dasharray': '2 4' } : { 'stroke-width': 1.75 };
  return (at) => {
    const line = (of: readonly number[]) => linePath(epochs.map(at.x), of.map(at.y));
    const circle = (i: number, r: number) => svg('circle', { cx: at.x(epochs[i]!), cy: at.y(shown[i]!), r });
    const raw = { 'stroke-width': 1, 'stroke-opacity': RAW_OPACITY };
    const dotted = epochs.map((_, i) => i).filter((i) => epochs.length <= FEW || isAlone(shown, i));
    const ringed = epochs.indexOf(kept ?? Number.NaN);
    return [
      ...(smoothing > 1 ? [svg('path', { ...stroke, ...raw, d: line(values) })] : []),
      svg('path', { ...stroke, ...look, d: line(shown) }),
      ...group(
        { fill: color },
        dashed ? [] : dotted.filter((i) => Number.isFinite(shown[i])).map((i) => circle(i, 2.25)),
      ),
      ...group(
        { fill: theme.background, stroke: color, 'stroke-width': 2 },
        Number.isFinite(shown[ringed]) ? [circle(ringed, 4.5)] : [],
      ),
    ];
  };
}

/** A line over some points, broken where one has no place; a point alone is a dot of the line's width. */
function linePath(x: readonly number[], y: readonly number[]): string {
  let d = '';
  for (const [i, across] of x.entries()) {
    if (!Number.isFinite(y[i])) continue;
    const [isBegun, goesOn] = [Number.isFinite(y[i - 1]), Number.isFinite(y[i + 1])];
    d += `${isBegun ? 'L' : 'M'}${across},${y[i]}${isBegun || goesOn ? '' : 'Z'}`;
  }
  return d;
}

/** Where the learning rate was cut: between the last epoch before it and the first one after. */
function rateMarks(
  epochs: readonly number[],
  rateChanges: readonly number[],
  { top, height }: { top: number; height: number },
): ChartMarks {
  const last = Math.max(...epochs);
  return ({ x }) =>
    group(
      { stroke: theme.tick.fill, 'stroke-opacity': 0.55, 'stroke-dasharray': '3 3' },
      rateChanges.map((epoch) => {
        const between = x(Math.min(last, epoch + 0.5));
        return svg('line', { x1: between, x2: between, y1: top, y2: top + height });
      }),
    );
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
  const marks = [
    rateMarks(epochs, rateChanges, area),
    ...series.map((one) => seriesMarks(one, epochs, smoothing)),
  ];
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
      marks: (at) => marks.flatMap((draw) => draw(at)),
    }),
    label('tick', 'epoch', area.left + area.width / 2, area.top + area.height + 38, {
      'text-anchor': 'middle',
    }),
  );
}
