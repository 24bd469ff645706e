import { contentTop, figure, type Heading } from '../svg/figure.ts';
import { type SvgElement, svg } from '../svg/svg.ts';
import { theme } from '../svg/theme.ts';
import { fitText } from '../text/fit-text.ts';
import { label } from '../text/label.ts';
import { textWidth } from '../text/text-width.ts';

/** A row of a figure of bars from 0 to 1. */
export interface BarRow {
  readonly name: string;
  /** What goes beyond is cut off; none where undefined. */
  readonly share: number | undefined;
  readonly fill: string;
  /** A place to compare with. */
  readonly mark?: number;
  /** Behind the bar. */
  readonly text: string;
}

const ROW = 24;
const BAR = 12;
const MOST_NAME = 180;

/** A figure of bars from 0 to 1 under each other, `axis` below them; `valueRoom` pixels are left for the longest text behind a bar. */
export function drawBarRows(
  rows: readonly BarRow[],
  {
    width,
    heading,
    axis,
    valueRoom = 46,
  }: { width: number; heading: Heading; axis: string; valueRoom?: number },
): string {
  const names = rows.map(({ name }) => fitText(name, MOST_NAME, theme.label.size));
  const left = theme.margin + Math.max(...names.map((name) => textWidth(name, theme.label.size))) + 12;
  const room = width - theme.margin - valueRoom - left;
  const top = contentTop(heading) + 14;
  const bottom = top + ROW * rows.length;
  const x = (share: number) => left + room * Math.min(1, Math.max(0, share));
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return figure({ width, height: bottom + 46 + theme.margin / 2 }, heading, [
    ...ticks.flatMap((tick) => [
      svg('line', { x1: x(tick), x2: x(tick), y1: top, y2: bottom, stroke: theme.grid }),
      label('tick', String(tick), x(tick), bottom + 18, { 'text-anchor': 'middle' }),
    ]),
    ...rows.flatMap((row, i) => rowOf(row, names[i]!, { top: top + i * ROW, left, x })),
    label('label', axis, left + room / 2, bottom + 38, { 'text-anchor': 'middle' }),
  ]);
}

function rowOf(
  { share = 0, fill, mark, text }: BarRow,
  name: string,
  { top, left, x }: { top: number; left: number; x: (share: number) => number },
): SvgElement[] {
  const [middle, bar] = [top + ROW / 2, top + (ROW - BAR) / 2];
  return [
    label('label', name, left - 10, middle + 4, { 'text-anchor': 'end' }),
    svg('rect', { x: left, y: bar, width: Math.max(0, x(share) - left), height: BAR, rx: 1.5, fill }),
    ...(mark === undefined
      ? []
      : [
          svg('line', {
            x1: x(mark),
            x2: x(mark),
            y1: bar - 3,
            y2: bar + BAR + 3,
            stroke: theme.validation,
            'stroke-width': 2,
          }),
        ]),
    label('tick', text, x(Math.max(share, mark ?? 0)) + 7, middle + 4),
  ];
}
