import { scatterDomains } from './scatter-domains.ts';

/**
 * The smallest square around all points, with a little room.
 *
 * @param x finite, at least one; as many in `y`.
 * @example
 * squareDomains([0, 2], [1, 1]); // { x: [-0.06, 2.06], y: [-0.06, 2.06] }
 */
export function squareDomains(
  x: readonly number[],
  y: readonly number[],
): { x: [number, number]; y: [number, number] } {
  const domains = scatterDomains(x, y);
  const half = (domains.x[1] - domains.x[0]) / 2;
  const middle = (domains.y[0] + domains.y[1]) / 2;
  return { x: domains.x, y: [middle - half, middle + half] };
}
