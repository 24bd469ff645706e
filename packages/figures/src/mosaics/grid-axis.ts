import { type SvgElement, svg } from '../svg/svg.ts';
import { theme } from '../svg/theme.ts';
import { formatTicks } from '../text/format-ticks.ts';
import { label } from '../text/label.ts';
import { niceTicks } from '../text/nice-ticks.ts';
import { textWidth } from '../text/text-width.ts';

export interface GridAxis {
  range: readonly [number, number];
  name: string;
  /** Images along the axis: the range runs from the centre of the first to the centre of the last. */
  count: number;
  /** CSS pixels of all of them. */
  length: number;
}

const TICK = 4;

function ticksOf({ range: [low, high], count, length }: GridAxis): { text: string; offset: number }[] {
  const cell = length / count;
  const [from, to] = [Math.min(low, high), Math.max(low, high)];
  const values =
    count === 1 ? [(low + high) / 2] : niceTicks(from, to, Math.max(2, Math.min(6, length / 60)));
  const texts = formatTicks(values);
  const span = high - low || 1;
  return values.map((value, i) => ({
    text: texts[i]!,
    offset: count === 1 ? length / 2 : cell / 2 + ((value - low) / span) * (length - cell),
  }));
}

/** Room that the vertical axis takes left of the grid, in CSS pixels. */
export function verticalAxisRoom(axis: GridAxis): number {
  const widths = ticksOf(axis).map(({ text }) => textWidth(text, theme.tick.size));
  return Math.ceil(Math.max(...widths)) + TICK + 5 + (axis.name === '' ? 0 : 22);
}

/** Ticks, their labels and the axis's name below a grid whose left lower corner is at `left, top`. */
export function horizontalAxis(axis: GridAxis, left: number, top: number): SvgElement {
  const ticks = ticksOf(axis).flatMap(({ text, offset }) => {
    const x = left + offset;
    return [
      svg('line', { x1: x, x2: x, y1: top, y2: top + TICK, stroke: theme.axis }),
      label('tick', text, x, top + TICK + 13, { 'text-anchor': 'middle' }),
    ];
  });
  const name = label('label', axis.name, left + axis.length / 2, top + 38, { 'text-anchor': 'middle' });
  return svg('g', {}, ...ticks, name);
}

/** Ticks, their labels and the axis's name left of a grid whose left upper corner is at `left, top`; values rise upwards. */
export function verticalAxis(axis: GridAxis, left: number, top: number): SvgElement {
  const ticks = ticksOf(axis).flatMap(({ text, offset }) => {
    const y = top + axis.length - offset;
    return [
      svg('line', { x1: left - TICK, x2: left, y1: y, y2: y, stroke: theme.axis }),
      label('tick', text, left - TICK - 5, y + 3.5, { 'text-anchor': 'end' }),
    ];
  });
  const x = left - verticalAxisRoom(axis) + 11;
  const y = top + axis.length / 2;
  const name = label('label', axis.name, x, y, {
    'text-anchor': 'middle',
    transform: `rotate(-90 ${x} ${y})`,
  });
  return svg('g', {}, ...ticks, name);
}
