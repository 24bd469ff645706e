import { svg } from '../svg/svg.ts';
import type { ChartMarks } from './plot-group.ts';

/** A bar of a chart, from 0 on. */
export interface Bar {
  readonly value: number;
  readonly fill: string;
}

/** Bars over 1, 2 and so on, upright; each reaches `half` to both sides, with corners of a `radius` in pixels. */
export function drawBars(
  bars: readonly Bar[],
  { half, radius }: { half: number; radius?: number },
): ChartMarks {
  return (at) =>
    bars.map(({ value, fill }, i) => {
      const [left, right] = [at.x(i + 1 - half), at.x(i + 1 + half)];
      const [end, base] = [at.y(value), at.y(0)];
      const size = { width: right - left, height: Math.abs(base - end) };
      return svg('rect', { x: left, y: Math.min(end, base), ...size, rx: radius, fill });
    });
}
