import { LatentkitError } from '@latentkit/core';
import { checkOptions, checkValue, listRule } from '@latentkit/core/options';
import { checkWidth } from '../svg/check-width.ts';
import { contentTop, figure } from '../svg/figure.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import { type SvgElement, svg } from '../svg/svg.ts';
import { theme } from '../svg/theme.ts';
import { fitText } from '../text/fit-text.ts';
import { label } from '../text/label.ts';
import { textWidth } from '../text/text-width.ts';

/** An axis of parallel coordinates. */
export interface ParallelAxis {
  readonly name: string;
  /** What stands beside it, from 0 below to 1 above. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** What a line without a place on it is called, below it; such lines may be there where it is given. */
  readonly none?: string | undefined;
}

/** A line over all axes. */
export interface ParallelLine {
  /** Its place on each axis, 0 to 1; undefined where it has none. */
  readonly at: readonly (number | undefined)[];
}

export interface PlotParallelCoordinatesOptions {
  /** CSS pixels, 900 by default. */
  width?: number;
  title?: string;
  subtitle?: string;
}

const HEIGHT = 250;
const NONE = 34; // of the place below an axis
const MOST_TICK = 76;
const BEST = 4; // lines after the first that stand out

/**
 * Lines over upright axes, one for each thing that is compared: the first of them is the best and stands out most, then the next
 * four; the others are pale.
 *
 * @param lines the best first.
 * @returns a standalone SVG; the same numbers give the same string.
 * @throws `E_SHAPE` for less than two axes, no line, or a line of other than a place an axis; `E_RANGE` for a place outside of 0 to 1, and
 * when `width` is below 240.
 * @example
 * const axes = [{ name: 'beta', ticks: [{ at: 0, text: '0.5' }, { at: 1, text: '4' }] }, { name: 'loss', ticks: [] }];
 * const svg = plotParallelCoordinates(axes, [{ at: [0.2, 0] }, { at: [0.9, 1] }]);
 */
export function plotParallelCoordinates(
  axes: readonly ParallelAxis[],
  lines: readonly ParallelLine[],
  options: PlotParallelCoordinatesOptions = {},
): string {
  checkValue('plotParallelCoordinates', 'axes', axes, listRule);
  checkValue('plotParallelCoordinates', 'lines', lines, listRule);
  checkOptions('plotParallelCoordinates', options, LOOK_RULES);
  const { width = 900, title = 'Trials', subtitle = '' } = options;
  checkWidth('plotParallelCoordinates', width);
  checkLines(axes, lines);
  const heading = { title, subtitle };
  const top = contentTop(heading) + 34;
  const hasNone = axes.some(({ none }) => none !== undefined);
  const tickRoom = (axis: ParallelAxis) =>
    Math.min(MOST_TICK, Math.max(0, ...axis.ticks.map(({ text }) => textWidth(text, theme.tick.size)))) + 10;
  const left = theme.margin + Math.max(tickRoom(axes[0]!), nameRoom(axes[0]!));
  const right = width - theme.margin - Math.max(tickRoom(axes.at(-1)!), nameRoom(axes.at(-1)!));
  const x = (i: number) => left + ((right - left) * i) / (axes.length - 1);
  const y = (at: number | undefined) => (at === undefined ? top + HEIGHT + NONE : top + HEIGHT * (1 - at));
  const places = lines.map(({ at }) => at.map((one, i): [number, number] => [x(i), y(one)]));
  const gap = (right - left) / (axes.length - 1);
  return figure({ width, height: top + HEIGHT + (hasNone ? NONE + 14 : 0) + theme.margin }, heading, [
    ...places.map(pathOf).reverse(), // the best on top
    ...axes.flatMap((axis, i) => {
      const isLast = i === axes.length - 1;
      const free = i === 0 || isLast ? Number.POSITIVE_INFINITY : gap;
      return axisOf(axis, { x: x(i), top, gap: free, side: isLast ? 1 : -1, y });
    }),
  ]);
}

/** Half of the name stands beyond the outer axes. */
function nameRoom({ name }: ParallelAxis): number {
  return textWidth(name, theme.heading.size, theme.heading.weight) / 2;
}

function pathOf(places: readonly (readonly [number, number])[], i: number): SvgElement {
  const [[x, y], ...others] = places as [[number, number], ...[number, number][]];
  let d = `M${x},${y}`;
  let before = [x, y] as const;
  for (const at of others) {
    const middle = (before[0] + at[0]) / 2;
    d += `C${middle},${before[1]},${middle},${at[1]},${at[0]},${at[1]}`;
    before = at;
  }
  const looks =
    i === 0
      ? { stroke: theme.validation, 'stroke-width': 3 }
      : i <= BEST
        ? { stroke: theme.train, 'stroke-width': 1.8, 'stroke-opacity': 0.9 }
        : { stroke: theme.neutral, 'stroke-width': 1.1, 'stroke-opacity': 0.28 };
  return svg('path', { d, fill: 'none', 'stroke-linecap': 'round', ...looks });
}

interface AxisPlace {
  x: number;
  top: number;
  /** Room to the axis before. */
  gap: number;
  /** Where ticks stand: 1 for the right. */
  side: 1 | -1;
  y: (at: number | undefined) => number;
}

function axisOf({ name, ticks, none }: ParallelAxis, { x, top, gap, side, y }: AxisPlace): SvgElement[] {
  const texts = [...ticks, ...(none === undefined ? [] : [{ at: undefined, text: none }])];
  const { size, weight } = theme.heading;
  const line = { stroke: theme.axis, 'stroke-width': 1.5 };
  return [
    label('heading', fitText(name, gap, size, weight), x, top - 16, { 'text-anchor': 'middle' }),
    svg('line', { x1: x, x2: x, y1: top, y2: top + HEIGHT, ...line }),
    ...texts.flatMap(({ at, text }) => [
      svg('line', { x1: x, x2: x + 4 * side, y1: y(at), y2: y(at), ...line }),
      // A rim of the ground keeps it readable over the lines.
      label(
        'tick',
        fitText(text, Math.min(MOST_TICK, gap - 12), theme.tick.size),
        x + 8 * side,
        y(at) + 3.5,
        {
          'text-anchor': side === 1 ? 'start' : 'end',
          stroke: theme.background,
          'stroke-width': 3,
          'stroke-linejoin': 'round',
          'paint-order': 'stroke',
        },
      ),
    ]),
  ];
}

function checkLines(axes: readonly ParallelAxis[], lines: readonly ParallelLine[]): void {
  const where = 'plotParallelCoordinates';
  if (axes.length < 2) {
    throw new LatentkitError('E_SHAPE', `${where}: expected two axes at least, got ${axes.length}`);
  }
  for (const [i, axis] of Array.from(axes).entries()) {
    const { name, ticks } = Object(axis) as ParallelAxis;
    if (typeof name === 'string' && Array.isArray(ticks)) continue;
    throw new LatentkitError('E_USAGE', `${where}: axis ${i} must have a name and ticks`);
  }
  if (lines.length === 0) throw new LatentkitError('E_SHAPE', `${where}: expected one line at least`);
  for (const [i, line] of Array.from(lines).entries()) {
    const { at } = Object(line) as ParallelLine;
    if (!Array.isArray(at) || at.length !== axes.length) {
      throw new LatentkitError(
        'E_SHAPE',
        `${where}: line ${i} must have a place on each of ${axes.length} axes`,
      );
    }
    const wrong = (at as readonly unknown[]).find(
      (one) => one !== undefined && !(typeof one === 'number' && one >= 0 && one <= 1),
    );
    if (wrong === undefined) continue;
    throw new LatentkitError(
      'E_RANGE',
      `${where}: line ${i} must have places from 0 to 1, got ${String(wrong)}`,
    );
  }
}
