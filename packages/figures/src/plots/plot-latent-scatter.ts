import {
  anything,
  checkOptions,
  listRule,
  needed,
  type OptionRules,
  textRule,
} from '@latentkit/core/options';
import { checkWidth } from '../svg/check-width.ts';
import { contentTop, figure } from '../svg/figure.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import { theme } from '../svg/theme.ts';
import { label } from '../text/label.ts';
import { niceTicks } from '../text/nice-ticks.ts';
import { classLegend, legendWidth } from './class-legend.ts';
import { classNameTags } from './class-name-tags.ts';
import { plotGroup, tickRoom } from './plot-group.ts';
import { priorCorners, priorRings } from './prior-rings.ts';
import { scatterDomains } from './scatter-domains.ts';
import { drawnPoints, type LatentScatter } from './scatter-points.ts';
import { FEW_POINTS, isClass, legendEntries, scatterDots } from './scatter-style.ts';

export interface LatentScatterOptions {
  /** Evenly spaced points are drawn where there are more: 10,000 by default, about 0.6 MB of SVG. */
  maxPoints?: number;
  /** CSS pixels, 720 by default. */
  width?: number;
  title?: string;
  subtitle?: string;
}

const RULES: OptionRules<LatentScatterOptions> = { ...LOOK_RULES, maxPoints: anything };

const POINTS_RULES: OptionRules<LatentScatter> = {
  x: needed(listRule),
  y: needed(listRule),
  labels: listRule,
  classNames: listRule,
  prior: listRule,
  xLabel: textRule,
  yLabel: textRule,
};

/**
 * Latent codes (or their projection) as a scatter plot, both axes in one scale, coloured by class where labels are given,
 * with the names of up to 20 classes at the medians of their points, and with the rings of a prior where there is one.
 *
 * @returns a standalone SVG; the same points give the same string. Points that are not finite are left out.
 * @throws `E_SHAPE` when the lengths differ; `E_RANGE` when a label is not a class, or `maxPoints` or
 * `width` is too small; `E_NOT_FINITE` when no point is finite.
 * @example
 * const svg = plotLatentScatter({ x: [0.1, -1.2, 0.7], y: [0.4, 0.3, -0.9], labels: [0, 1, 1], classNames: ['cat', 'dog'] });
 */
export function plotLatentScatter(points: LatentScatter, options: LatentScatterOptions = {}): string {
  checkOptions('plotLatentScatter', points, POINTS_RULES, 'points');
  checkOptions('plotLatentScatter', options, RULES);
  const { maxPoints = 10_000, width = 720, title = 'Latent space', subtitle } = options;
  checkWidth('plotLatentScatter', width);
  const { x, y, labels, prior = [], xLabel = 'z₁', yLabel = 'z₂' } = points;
  const drawn = drawnPoints('plotLatentScatter', points, maxPoints);
  const classes = legendEntries(drawn, points);
  const entries = [...classes.values()];
  const total = x.length.toLocaleString('en-US');
  const count = drawn.length === x.length ? total : `${drawn.length.toLocaleString('en-US')} of ${total}`;
  const heading = { title, subtitle: subtitle ?? `${count} point${x.length === 1 ? '' : 's'}` };
  const [xs, ys] = [drawn.map((i) => x[i]!), drawn.map((i) => y[i]!)];
  const corners = priorCorners(prior);
  const domains = scatterDomains([...xs, ...corners.x], [...ys, ...corners.y]);
  const xTicks = niceTicks(...domains.x, 7);
  const yTicks = niceTicks(...domains.y, Math.max(3, Math.round(7 * domains.aspect)));
  const left = theme.margin + 18 + tickRoom(yTicks);
  const top = contentTop(heading) + 14;
  const beside = entries.length === 0 ? 0 : legendWidth(entries) + 24;
  const side = width - left - beside - theme.margin;
  const height = side * domains.aspect;
  const middle = top + height / 2;
  const scale = side / (domains.x[1] - domains.x[0]);
  const toPixels = (atX: number, atY: number): [number, number] => [
    left + (atX - domains.x[0]) * scale,
    top + (domains.y[1] - atY) * scale,
  ];
  const members = [...classes].filter(isClass).map(([one, { name }]) => ({
    name,
    points: drawn.flatMap((i, k) => (labels![i] === one ? [toPixels(xs[k]!, ys[k]!)] : [])),
  }));
  return figure({ width, height: Math.ceil(top + height + 44 + theme.margin / 2) }, heading, [
    plotGroup({
      left,
      top,
      width: side,
      height,
      x: { domain: domains.x, ticks: xTicks, grid: true },
      y: { domain: domains.y, ticks: yTicks },
      marks: scatterDots({ x: xs, y: ys, labels: labels && drawn.map((i) => labels[i]!), classes }),
    }),
    ...(prior.length > 0 ? [priorRings(prior, toPixels, scale)] : []),
    ...(drawn.length > FEW_POINTS ? classNameTags(members) : []),
    label('label', xLabel, left + side / 2, top + height + 40, { 'text-anchor': 'middle' }),
    label('label', yLabel, theme.margin + 8, middle, {
      'text-anchor': 'middle',
      transform: `rotate(-90 ${theme.margin + 8} ${middle})`,
    }),
    ...(entries.length === 0 ? [] : [classLegend(entries, left + side + 24, top, height)]),
  ]);
}
