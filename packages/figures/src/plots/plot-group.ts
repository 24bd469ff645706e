import { axisX, axisY, gridX, gridY, type Markish, type PlotOptions, plot, ruleY } from '@observablehq/plot';
import { svg } from '../svg/svg.ts';
import { SvgElement, svgDocument } from '../svg/svg-element.ts';
import { theme } from '../svg/theme.ts';
import { formatTicks } from '../text/format-ticks.ts';
import { textWidth } from '../text/text-width.ts';

/** A chart's scales and marks, and where its plotting area lies, in CSS pixels. */
export interface PlotGroup {
  left: number;
  top: number;
  width: number;
  height: number;
  x: { domain: [number, number]; ticks: readonly number[]; grid?: boolean };
  y: { domain: [number, number]; ticks: readonly number[]; log?: boolean };
  marks: readonly Markish[];
}

const TICK_PADDING = 8;
const EDGE = 8; // so that marks on the rim of the area are not cut

/** How much room the labels of a y axis take, in CSS pixels. */
export function tickRoom(ticks: readonly number[]): number {
  const widths = formatTicks(ticks).map((text) => textWidth(text, theme.tick.size));
  return Math.ceil(Math.max(0, ...widths)) + TICK_PADDING;
}

/**
 * An Observable Plot with the house's axes and grid, as a group to place in a figure.
 *
 * Tick labels stand outside of the area: {@link tickRoom} to its left, 22 pixels below.
 *
 * @example
 * plotGroup({ left: 60, top: 80, width: 300, height: 200, x, y, marks: [Plot.line(data, { x: 'epoch', y: 'loss' })] });
 */
export function plotGroup({ left, top, width, height, x, y, marks }: PlotGroup): SvgElement {
  const text = { fontSize: theme.tick.size, fill: theme.tick.fill, label: null, fontVariant: 'normal' };
  const ticks = { ...text, tickSize: 0, tickPadding: TICK_PADDING };
  const grid = { stroke: theme.grid, strokeOpacity: 1 };
  const options: PlotOptions = {
    document: svgDocument as unknown as Document, // all of it that Plot's marks touch
    className: 'plot',
    width: width + 2 * EDGE,
    height: height + 2 * EDGE,
    margin: EDGE,
    x: { type: 'linear', domain: x.domain, axis: null },
    y: { type: y.log === true ? 'log' : 'linear', domain: y.domain, axis: null },
    marks: [
      gridY(y.ticks, grid),
      x.grid === true ? gridX(x.ticks, grid) : null,
      y.ticks.length > 0 ? ruleY([y.domain[0]], { stroke: theme.axis }) : null,
      axisX(x.ticks, { ...ticks, text: formatTicks(x.ticks) }),
      axisY(y.ticks, { ...ticks, text: formatTicks(y.ticks) }),
      ...marks,
    ],
  };
  const root = plot(options) as unknown as SvgElement;
  const group = svg('g', { transform: `translate(${left - EDGE},${top - EDGE})`, 'text-anchor': 'middle' });
  for (const child of [...root.childNodes]) {
    if (child instanceof SvgElement && child.tagName !== 'style') group.appendChild(child);
  }
  return group;
}
