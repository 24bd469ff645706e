/** Ranges of x and y of one length, so that a square area shows both in the same scale. */
export interface SquareDomains {
  x: [number, number];
  y: [number, number];
}

const PADDING = 1.06;

function extent(values: readonly number[]): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/**
 * The smallest square domain around all points, with a little room.
 *
 * @param x finite, at least one; as many in `y`.
 * @example
 * squareDomains([0, 2], [1, 1]); // { x: [-0.06, 2.06], y: [-0.06, 2.06] }
 */
export function squareDomains(x: readonly number[], y: readonly number[]): SquareDomains {
  const [left, right] = extent(x);
  const [bottom, top] = extent(y);
  const half = (Math.max(right - left, top - bottom) / 2 || 1) * PADDING;
  const [centreX, centreY] = [(left + right) / 2, (bottom + top) / 2];
  return { x: [centreX - half, centreX + half], y: [centreY - half, centreY + half] };
}
