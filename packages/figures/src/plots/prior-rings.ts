import { type SvgElement, svg } from '../svg/svg.ts';
import { theme } from '../svg/theme.ts';
import { label } from '../text/label.ts';

/** A normal distribution over the plane of a scatter. */
export interface PlaneNormal {
  x: number;
  y: number;
  /** `[variance of x, covariance, variance of y]`; `[1, 0, 1]`, a standard normal, by default. */
  covariance?: readonly [xx: number, xy: number, yy: number];
}

const STANDARD = [1, 0, 1] as const;
const MOST = 64; // components of a mixture whose rings can be told apart

/** Standard deviations that a ring is at: two rings of one normal, one of each in a mixture. */
const sigmasOf = (prior: readonly PlaneNormal[]) => (prior.length === 1 ? [1, 2] : [1]);

/** What the axes show at least of a prior, so that codes that huddle in it look so: two points a normal, its rings' corners. */
export function priorCorners(prior: readonly PlaneNormal[]): { x: number[]; y: number[] } {
  const reach = Math.max(...sigmasOf(prior));
  const around = (value: number, variance: number) =>
    [-1, 1].map((side) => value + side * reach * Math.sqrt(variance));
  return {
    x: prior.flatMap(({ x, covariance: [xx] = STANDARD }) => around(x, xx)),
    y: prior.flatMap(({ y, covariance: [, , yy] = STANDARD }) => around(y, yy)),
  };
}

/**
 * Where a prior's mass lies: rings at 1 and 2 standard deviations, or at 1 for each normal of a mixture (64 of them at most).
 *
 * @param toPixels a point of the plane on the figure.
 * @param scale pixels a unit of the plane.
 */
export function priorRings(
  prior: readonly PlaneNormal[],
  toPixels: (x: number, y: number) => readonly [number, number],
  scale: number,
): SvgElement {
  const sigmas = sigmasOf(prior);
  const rings = prior.slice(0, MOST).flatMap(({ x, y, covariance = STANDARD }) => {
    const [cx, cy] = toPixels(x, y);
    const { major, minor, degrees } = axesOf(covariance);
    const transform = degrees === 0 ? undefined : `rotate(${-degrees} ${cx} ${cy})`; // y falls on a page
    return sigmas.flatMap((sigma): SvgElement[] => [
      svg('ellipse', {
        ...{ cx, cy, rx: sigma * scale * major, ry: sigma * scale * minor, transform },
        ...{ fill: 'none', stroke: theme.tick.fill, 'stroke-dasharray': '4 4' },
        'stroke-opacity': prior.length === 1 ? 0.9 : 0.5,
      }),
      ...(prior.length > 1
        ? []
        : [
            label('tick', `${sigma}σ`, cx, cy - sigma * scale * Math.sqrt(covariance[2]) - 4, {
              ...{ 'text-anchor': 'middle', stroke: theme.background, 'stroke-width': 3 },
              ...{ 'stroke-linejoin': 'round', 'paint-order': 'stroke' },
            }),
          ]),
    ]);
  });
  return svg('g', {}, ...rings);
}

/** Standard deviations along the axes of a covariance, and the angle of the longer one to x. */
function axesOf([xx, xy, yy]: readonly [number, number, number]) {
  const middle = (xx + yy) / 2;
  const half = Math.hypot((xx - yy) / 2, xy);
  // Rounding leaves a speck of a covariance where there is none, and a circle has no angle.
  const degrees = half < 1e-6 * middle ? 0 : (Math.atan2(2 * xy, xx - yy) / 2) * (180 / Math.PI);
  return { major: Math.sqrt(middle + half), minor: Math.sqrt(Math.max(0, middle - half)), degrees };
}
