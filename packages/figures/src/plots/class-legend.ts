import { type SvgElement, svg } from '../svg/svg.ts';
import { theme } from '../svg/theme.ts';
import { fitText } from '../text/fit-text.ts';
import { label } from '../text/label.ts';
import { textWidth } from '../text/text-width.ts';

/** A class as the legend shows it. */
export interface LegendEntry {
  name: string;
  color: string;
  rim?: string;
}

const MAX_TEXT = 150;
const SWATCH = 16;
const ROW = 20;
const MANY = 20; // classes that fit below each other in the smallest figure

/** CSS pixels that {@link classLegend} takes across. */
export function legendWidth(entries: readonly LegendEntry[]): number {
  const widths = entries.map(({ name }) => textWidth(name, theme.label.size));
  if (entries.length > MANY) widths.push(textWidth('and 999 more', theme.tick.size));
  return entries.length === 0 ? 0 : SWATCH + Math.ceil(Math.min(MAX_TEXT, Math.max(...widths)));
}

/**
 * Swatches with names, one below another from `left, top`; names too long are cut, and classes too many for `height`
 * are counted in a last line.
 *
 * @example
 * classLegend([{ name: 'zero', color: '#3f90da' }], 600, 80, 400);
 */
export function classLegend(
  entries: readonly LegendEntry[],
  left: number,
  top: number,
  height: number,
): SvgElement {
  const fitting = Math.max(1, Math.floor(height / ROW));
  const shown = entries.length <= fitting ? entries : entries.slice(0, fitting - 1);
  const rows = shown.flatMap(({ name, color, rim }, i) => {
    const y = top + i * ROW + ROW / 2;
    return [
      svg('circle', { cx: left + 5, cy: y, r: 4.5, fill: color, stroke: rim }),
      label('label', fitText(name, MAX_TEXT, theme.label.size), left + SWATCH, y + 4),
    ];
  });
  const rest = entries.length - shown.length;
  if (rest > 0)
    rows.push(label('tick', `and ${rest} more`, left + SWATCH, top + shown.length * ROW + ROW / 2 + 4));
  return svg('g', {}, ...rows);
}
