import { portableLog } from '@latentkit/core';
import { group, type SvgElement, svg } from '../svg/svg.ts';
import { theme } from '../svg/theme.ts';
import { formatTicks } from '../text/format-ticks.ts';
import { textWidth } from '../text/text-width.ts';

/** Where values of a chart lie, in CSS pixels of its figure; not finite for those that have no place. */
export interface ChartPlaces {
  x(value: number): number;
  y(value: number): number;
}

/** What a chart shows, drawn where its values lie. */
export type ChartMarks = (at: ChartPlaces) => readonly SvgElement[];

/** A chart's scales and marks, and where its plotting area lies, in CSS pixels. */
export interface PlotGroup {
  left: number;
  top: number;
  width: number;
  height: number;
  x: { domain: [number, number]; ticks: readonly number[]; grid?: boolean };
  y: { domain: [number, number]; ticks: readonly number[]; log?: boolean };
  marks: ChartMarks;
}

const TICK_PADDING = 8;
// From what a number stands below or beside to its baseline, in ems: a digit's height, and about half of it.
const [BELOW, BESIDE] = [0.71, 0.32];

/** How much room the labels of a y axis take, in CSS pixels. */
export function tickRoom(ticks: readonly number[]): number {
  const widths = formatTicks(ticks).map((text) => textWidth(text, theme.tick.size));
  return Math.ceil(Math.max(0, ...widths)) + TICK_PADDING;
}

/**
 * A chart with the house's axes and grid, as a group to place in a figure.
 *
 * Tick labels stand outside of the area: {@link tickRoom} to its left, 22 pixels below.
 *
 * @example
 * plotGroup({ left: 60, top: 80, width: 300, height: 200, x, y, marks: (at) => [svg('circle', { cx: at.x(3), cy: at.y(0.5), r: 2 })] });
 */
export function plotGroup({ left, top, width, height, x, y, marks }: PlotGroup): SvgElement {
  const [right, bottom] = [left + width, top + height];
  const at: ChartPlaces = {
    x: placing(x.domain, [left, right]),
    y: y.log ? placing(y.domain, [bottom, top], portableLog) : placing(y.domain, [bottom, top]),
  };
  const { size, fill } = theme.tick;
  const numbers = (anchor: string, places: readonly SvgElement[]) =>
    group({ 'font-size': size, fill, 'text-anchor': anchor }, places);
  const across = (tick: number) => svg('line', { x1: left, x2: right, y1: at.y(tick), y2: at.y(tick) });
  const upright = (tick: number) => svg('line', { x1: at.x(tick), x2: at.x(tick), y1: top, y2: bottom });
  const [xTexts, yTexts] = [formatTicks(x.ticks), formatTicks(y.ticks)];
  return svg(
    'g',
    {},
    ...group({ stroke: theme.grid }, y.ticks.map(across)),
    ...(x.grid ? group({ stroke: theme.grid }, x.ticks.map(upright)) : []),
    ...(y.ticks.length > 0 ? group({ stroke: theme.axis }, [across(y.domain[0])]) : []),
    ...numbers(
      'middle',
      x.ticks.map((tick, i) =>
        svg('text', { x: at.x(tick), y: bottom + TICK_PADDING + BELOW * size }, xTexts[i]!),
      ),
    ),
    ...numbers(
      'end',
      y.ticks.map((tick, i) =>
        svg('text', { x: left - TICK_PADDING, y: at.y(tick) + BESIDE * size }, yTexts[i]!),
      ),
    ),
    ...marks(at),
  );
}

/** From a scale's values to pixels. */
function placing(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  measure: (value: number) => number = (value) => value,
): (value: number) => number {
  const [start, end] = [measure(low), measure(high)];
  return (value) => {
    const share = (measure(value) - start) / (end - start);
    return from * (1 - share) + to * share;
  };
}
