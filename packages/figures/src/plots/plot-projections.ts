import { LatentkitError } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  listRule,
  needed,
  type OptionRules,
  textRule,
} from '@latentkit/core/options';
import { checkWidth } from '../svg/check-width.ts';
import { contentTop, figure } from '../svg/figure.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import { type SvgElement, svg } from '../svg/svg.ts';
import { theme } from '../svg/theme.ts';
import { fitText } from '../text/fit-text.ts';
import { label } from '../text/label.ts';
import { classLegend, legendWidth } from './class-legend.ts';
import { classNameTags } from './class-name-tags.ts';
import { plotGroup } from './plot-group.ts';
import { drawnPoints } from './scatter-points.ts';
import { FEW_POINTS, isClass, legendEntries, scatterDots } from './scatter-style.ts';
import { squareDomains } from './square-domains.ts';

/** A map of points on a plane, and what it is called. */
export interface ProjectionMap {
  name: string;
  /** `[count, 2]`, row-major. */
  embedding: Float32Array;
  /** A line below the name, such as how good the map is. */
  note?: string;
}

export interface ProjectionsOptions {
  /** Class of each point, a whole number from 0; -1 for a point of no class. */
  labels?: ArrayLike<number>;
  /** What class `i` is called; its number by default. */
  classNames?: readonly string[];
  /** Evenly spaced points of each map are drawn where there are more: 4,000 by default. */
  maxPoints?: number;
  /** CSS pixels, 340 a map by default. */
  width?: number;
  title?: string;
  subtitle?: string;
}

const RULES: OptionRules<ProjectionsOptions> = {
  ...LOOK_RULES,
  labels: listRule,
  classNames: listRule,
  maxPoints: anything,
};

const GAP = 20;
const MAP = 340;
const HEAD = 44; // for a map's name and note

const MAP_RULES: OptionRules<ProjectionMap> = {
  name: needed(textRule),
  embedding: needed(listRule),
  note: textRule,
};

/**
 * Maps of the same points side by side, each a square in a scale of its own, coloured by class with one legend for all.
 *
 * A map has no axes: only who is near whom means something, not where or at what angle.
 *
 * @returns a standalone SVG; the same maps give the same string.
 * @throws `E_USAGE` when there is no map; `E_SHAPE` when lengths differ; `E_RANGE` when a label is not a class or `width` is too
 * small; `E_NOT_FINITE` when a map has no finite point.
 * @example
 * const svg = plotProjections([{ name: 'PCA', embedding: pca }, { name: 't-SNE', embedding: tsne }], { labels });
 */
export function plotProjections(maps: readonly ProjectionMap[], options: ProjectionsOptions = {}): string {
  checkValue('plotProjections', 'maps', maps, listRule);
  for (const [i, map] of Array.from(maps).entries())
    checkOptions('plotProjections', map, MAP_RULES, `maps[${i}]`);
  checkOptions('plotProjections', options, RULES);
  const { labels, classNames, maxPoints = 4000, title = 'Projections' } = options;
  requireAlike(maps);
  const clouds = maps.map(({ embedding }) => {
    const x = embedding.filter((_, i) => i % 2 === 0);
    const points = { x, y: embedding.filter((_, i) => i % 2 === 1), labels, classNames };
    return { ...points, drawn: drawnPoints('plotProjections', points, maxPoints) };
  });
  const classes = legendEntries([...new Set(clouds.flatMap(({ drawn }) => drawn))], { labels, classNames });
  const entries = [...classes.values()];
  const beside = entries.length === 0 ? 0 : legendWidth(entries) + GAP;
  const gaps = GAP * Math.max(0, maps.length - 1) + beside + 2 * theme.margin;
  const { width = MAP * maps.length + gaps } = options;
  checkWidth('plotProjections', width);
  const side = Math.max(1, (width - gaps) / Math.max(1, maps.length));
  const subtitle = options.subtitle ?? subtitleOf(clouds);
  const top = contentTop({ title, subtitle }) + HEAD;

  const panels = clouds.flatMap(({ x, y, drawn }, i): SvgElement[] => {
    const { name, note = '' } = maps[i]!;
    const left = theme.margin + i * (side + GAP);
    const [xs, ys] = [drawn.map((j) => x[j]!), drawn.map((j) => y[j]!)];
    const domains = squareDomains(xs, ys);
    const place = (value: number, [low, high]: readonly [number, number]) =>
      ((value - low) / (high - low)) * side;
    const members = [...classes].filter(isClass).map(([one, entry]) => ({
      name: entry.name,
      points: drawn.flatMap((j, k): [number, number][] =>
        labels![j] === one ? [[left + place(xs[k]!, domains.x), top + side - place(ys[k]!, domains.y)]] : [],
      ),
    }));
    return [
      label('heading', fitText(name, side, theme.heading.size, theme.heading.weight), left, top - 26),
      label('subtitle', fitText(note, side, theme.subtitle.size), left, top - 9),
      svg('rect', { x: left, y: top, width: side, height: side, fill: 'none', stroke: theme.grid, rx: 4 }),
      plotGroup({
        ...{ left, top, width: side, height: side },
        x: { domain: domains.x, ticks: [] },
        y: { domain: domains.y, ticks: [] },
        marks: scatterDots({
          ...{ x: xs, y: ys, labels: labels && drawn.map((j) => labels[j]!), classes },
          scale: 0.75,
        }),
      }),
      ...(drawn.length > FEW_POINTS ? classNameTags(members.filter(({ points }) => points.length > 0)) : []),
    ];
  });
  const legend =
    entries.length === 0 ? [] : [classLegend(entries, width - theme.margin - beside + GAP, top, side)];
  const height = Math.ceil(top + side + theme.margin);
  return figure({ width, height }, { title, subtitle }, [...panels, ...legend]);
}

function subtitleOf(clouds: readonly { x: ArrayLike<number>; drawn: readonly number[] }[]): string {
  const total = clouds[0]?.x.length ?? 0;
  const least = Math.min(...clouds.map(({ drawn }) => drawn.length));
  const count = total.toLocaleString('en-US');
  return `${least < total ? `${least.toLocaleString('en-US')} of ${count}` : count} points`;
}

function requireAlike(maps: readonly ProjectionMap[]): void {
  if (maps.length === 0) throw new LatentkitError('E_USAGE', 'plotProjections: expected a map at least');
  const lengths = maps.map(({ embedding }) => embedding.length);
  if (lengths.every((length) => length === lengths[0] && length % 2 === 0)) return;
  throw new LatentkitError(
    'E_SHAPE',
    `plotProjections: expected embeddings of [count, 2] of the same points, got ${lengths.join(', ')} numbers`,
  );
}
