import { classColor } from '../colors.ts';
import { group, type SvgElement, svg } from '../svg/svg.ts';
import { theme } from '../svg/theme.ts';
import type { LegendEntry } from './class-legend.ts';
import type { ChartMarks } from './plot-group.ts';
import type { LatentScatter } from './scatter-points.ts';

/** Points that can be told apart one by one; beyond, classes are named at their medians. */
export const FEW_POINTS = 300;

/** Classes that occur among the drawn points, in order, and the colour of each; points without one (-1) come last, pale. */
export function legendEntries(
  drawn: readonly number[],
  { labels, classNames }: Pick<LatentScatter, 'labels' | 'classNames'>,
): Map<number, LegendEntry> {
  if (labels === undefined) return new Map();
  const present = [...new Set(drawn.map((i) => labels[i]!))].sort((a, b) => a - b);
  const classes = present.filter((one) => one >= 0);
  const inOrder = classes.length < present.length ? [...classes, -1] : classes;
  return new Map(
    inOrder.map((one) => {
      const { fill, rim } = classColor(one);
      const name = one < 0 ? 'no class' : (classNames?.[one] ?? String(one));
      return [one, { name, color: fill, rim }];
    }),
  );
}

/** Of the entries: not the one of the points without a class. */
export function isClass([label]: readonly [label: number, entry: LegendEntry]): boolean {
  return label >= 0;
}

/** Points of a plane, and how their classes are shown. */
interface ScatterDots {
  x: readonly number[];
  y: readonly number[];
  /** Class of each point; none where there are no classes. */
  labels: readonly number[] | undefined;
  classes: ReadonlyMap<number, LegendEntry>;
  /** Times the usual radius. */
  scale?: number;
}

/** A dot a point; those of no class lie below the others. */
export function scatterDots({ x, y, labels, classes, scale = 1 }: ScatterDots): ChartMarks {
  const { r, fillOpacity, strokeWidth } = dotStyle(x.length);
  return (at) => {
    const dots = (isShown: (i: number) => boolean, width: number) => {
      const drawn = x.flatMap((value, i): SvgElement[] => {
        if (!isShown(i)) return [];
        const look = labels && classes.get(labels[i]!)!;
        return [
          svg('circle', {
            ...{ cx: at.x(value), cy: at.y(y[i]!), r: scale * r, fill: look?.color ?? theme.neutral },
            stroke: width > 0 ? look?.rim : undefined,
          }),
        ];
      });
      return group({ 'fill-opacity': fillOpacity, 'stroke-width': width || undefined }, drawn);
    };
    if (labels === undefined) return dots(() => true, 0);
    return [
      ...dots((i) => labels[i]! < 0, strokeWidth || THIN), // without its rim it would hardly show
      ...dots((i) => labels[i]! >= 0, strokeWidth),
    ];
  };
}

const THIN = 0.5;

/** Few points are large and nearly opaque, with a rim; many are small and let each other through. */
function dotStyle(count: number): { r: number; fillOpacity: number; strokeWidth: number } {
  if (count <= FEW_POINTS) return { r: 3.2, fillOpacity: 0.85, strokeWidth: 1 };
  if (count <= 2500) return { r: 2.2, fillOpacity: 0.75, strokeWidth: 0.6 };
  return { r: 1.7, fillOpacity: 0.65, strokeWidth: 0 };
}
