import { axisX, axisY, gridX, gridY, type Markish, type PlotOptions, plot } from '@observablehq/plot';
import { formatTicks } from './format-ticks.ts';
import { svg } from './svg.ts';
import { SvgElement, svgDocument } from './svg-element.ts';
import { theme } from './theme.ts';

/** A chart's two scales, its marks, and where it stands: all in CSS pixels. The margins hold the tick labels. */
export interface PlotGroup {
  left: number;
  top: number;
  width: number;
  height: number;
  x: { domain: [number, number]; ticks: readonly number[]; grid?: boolean };
  y: { domain: [number, number]; ticks: readonly number[]; log?: boolean };
  marks: readonly Markish[];
}

/** Room for tick labels left of, and below, the plotting area. */
export const plotMargins = { left: 42, bottom: 22 } as const;

/**
 * An Observable Plot with the house's axes and grid, as a group to place in a figure.
 *
 * @param options `left`, `top`, `width`, `height` are those of the plotting area without its tick labels.
 * @example
 * plotGroup({ left: 60, top: 80, width: 300, height: 200, x, y, marks: [Plot.line(data, { x: 'epoch', y: 'loss' })] });
 */
export function plotGroup({ left, top, width, height, x, y, marks }: PlotGroup): SvgElement {
  const text = {
    tickSize: 0,
    fontSize: theme.tick.size,
    fill: theme.tick.fill,
    label: null,
    fontVariant: 'normal',
  };
  const [xLabels, yLabels] = [formatTicks(x.ticks), formatTicks(y.ticks)];
  const options: PlotOptions = {
    document: svgDocument as unknown as Document, // all of it that Plot's marks touch
    className: 'plot',
    width: width + plotMargins.left + 8,
    height: height + plotMargins.bottom + 8,
    marginLeft: plotMargins.left,
    marginBottom: plotMargins.bottom,
    marginTop: 8,
    marginRight: 8,
    x: { type: 'linear', domain: x.domain, axis: null },
    y: { type: y.log === true ? 'log' : 'linear', domain: y.domain, axis: null },
    marks: [
      gridY(y.ticks, { stroke: theme.grid, strokeOpacity: 1 }),
      x.grid === true ? gridX(x.ticks, { stroke: theme.grid, strokeOpacity: 1 }) : null,
      axisX(x.ticks, { ...text, tickPadding: 8, tickFormat: (_, i) => xLabels[i] ?? '' }),
      axisY(y.ticks, { ...text, tickPadding: 8, tickFormat: (_, i) => yLabels[i] ?? '' }),
      ...marks,
    ],
  };
  const root = plot(options) as unknown as SvgElement;
  const group = svg('g', {
    transform: `translate(${left - plotMargins.left},${top - 8})`,
    'text-anchor': 'middle',
  });
  for (const child of [...root.childNodes]) {
    if (child instanceof SvgElement && child.tagName !== 'style') group.appendChild(child);
  }
  return group;
}
