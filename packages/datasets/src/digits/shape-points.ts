import { portableCos, portableSin } from '@latentkit/core';

/** How a digit stands and what its proportions are. */
export interface Shape {
  /** Width over the style's own width. */
  readonly aspect: number;
  /** Lowers (above 0) or raises the digit's middle, in units of its height. */
  readonly waist: number;
  /** Widens the foot and narrows the head (above 0), as a fraction of the width. */
  readonly taper: number;
  /** Horizontal shear: how far the head leans to the right, per unit of height. */
  readonly slant: number;
  /** Radians, clockwise as seen. */
  readonly rotation: number;
}

/**
 * Gives a polyline its proportions, lean and rotation, in place.
 *
 * With `h = y - 1/2` and `c` the centre line at `x = 0.3`: `y' = y + 4 waist y (1 - y)`;
 * `x' = aspect (x - c) (1 + 2 taper h) - slant h`; then the rotation `(x', y')` by `rotation` about the digit's centre.
 *
 * @param points `[x0, y0, x1, y1, ...]`, in units of the digit's height, `y` downwards.
 * @example
 * const points = [0.3, 0, 0.3, 1];
 * shapePoints(points, { aspect: 1, waist: 0, taper: 0, slant: 0.2, rotation: 0 });
 * points; // [0.1, -0.5, -0.1, 0.5]: the head leans to the right
 */
export function shapePoints(points: number[], { aspect, waist, taper, slant, rotation }: Shape): void {
  const cos = portableCos(rotation);
  const sin = portableSin(rotation);
  for (let i = 0; i < points.length; i += 2) {
    const y = points[i + 1]!;
    const h = y - 0.5 + 4 * waist * y * (1 - y);
    const x = aspect * (points[i]! - 0.3) * (1 + 2 * taper * h) - slant * h;
    points[i] = cos * x - sin * h;
    points[i + 1] = sin * x + cos * h;
  }
}
