import { classColor } from './class-color.ts';
import type { LegendEntry } from './class-legend.ts';
import type { LatentScatter } from './scatter-points.ts';

/** Points that can be told apart one by one; beyond, classes are named at their medians. */
export const FEW_POINTS = 300;

const NO_CLASS: LegendEntry = { name: 'no class', color: '#c4cad1' };

/** Classes that occur among the drawn points, in order, and the colour of each; points without one (-1) come last, in grey. */
export function legendEntries(
  drawn: readonly number[],
  { labels, classNames }: Pick<LatentScatter, 'labels' | 'classNames'>,
): Map<number, LegendEntry> {
  if (labels === undefined) return new Map();
  const present = [...new Set(drawn.map((i) => labels[i]!))].sort((a, b) => a - b);
  const classes = Math.max(classNames?.length ?? 0, present.at(-1)! + 1);
  const entries = new Map(
    present
      .filter((one) => one >= 0)
      .map((one) => [one, { name: classNames?.[one] ?? String(one), color: classColor(one, classes) }]),
  );
  return present[0]! < 0 ? entries.set(present[0]!, NO_CLASS) : entries;
}

/** Of the entries: not the one of the points without a class. */
export function isClass([label]: readonly [label: number, entry: LegendEntry]): boolean {
  return label >= 0;
}

/** Few points are large and nearly opaque, many are small and let each other through. */
export function dotStyle(count: number): { r: number; fillOpacity: number } {
  if (count <= FEW_POINTS) return { r: 3.2, fillOpacity: 0.85 };
  if (count <= 2500) return { r: 2.3, fillOpacity: 0.7 };
  return { r: 1.7, fillOpacity: 0.6 };
}
