/** Ranges of x and y, to be drawn in one scale. */
export interface ScatterDomains {
  x: [number, number];
  y: [number, number];
  /** Height over width of the area that shows both in one scale. */
  aspect: number;
}

const PADDING = 1.06;
const LEAST_ASPECT = 0.5; // flat clouds get a flat area, but room for the labels beside it

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
 * The smallest domains around all points, with a little room: a square, or a rectangle on its side for a flat cloud.
 *
 * @param x finite, at least one; as many in `y`.
 * @example
 * scatterDomains([0, 2], [1, 1]); // { x: [-0.06, 2.06], y: [0.47, 1.53], aspect: 0.5 }
 */
export function scatterDomains(x: readonly number[], y: readonly number[]): ScatterDomains {
  const [left, right] = extent(x);
  const [bottom, top] = extent(y);
  const halfX = (Math.max(right - left, top - bottom) / 2 || 1) * PADDING;
  const halfY = Math.max(((top - bottom) / 2) * PADDING, halfX * LEAST_ASPECT);
  const [centreX, centreY] = [(left + right) / 2, (bottom + top) / 2];
  return {
    x: [centreX - halfX, centreX + halfX],
    y: [centreY - halfY, centreY + halfY],
    aspect: halfY / halfX,
  };
}
