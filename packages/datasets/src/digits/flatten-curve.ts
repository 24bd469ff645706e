const SEGMENTS_PER_UNIT = 14;

/**
 * A smooth curve through places, as a chain of short straight segments.
 *
 * Uniform Catmull-Rom: between `p1` and `p2`, with neighbours `p0` and `p3`,
 * `c(t) = p1 + t (p2 - p0) / 2 + t^2 (p0 - 5/2 p1 + 2 p2 - p3 / 2) + t^3 (3 (p1 - p2) + p3 - p0) / 2`.
 * Ends have themselves as neighbour. A place written twice is a corner: the tangents on its two sides are independent.
 *
 * @param places `[x0, y0, x1, y1, ...]`, in units of the digit's height.
 * @returns points in the same form, at least 2 segments a span and about 14 a unit of length.
 * @example
 * flattenCurve([0, 0, 0, 1]); // [0, 0, ..., 0, 1]: 14 segments of a straight line
 * @see Catmull, Rom: "A class of local interpolating splines" (1974)
 */
export function flattenCurve(places: readonly number[]): number[] {
  const points = [places[0]!, places[1]!];
  const last = places.length - 2;
  for (let i = 0; i < last; i += 2) {
    const before = Math.max(i - 2, 0);
    const after = Math.min(i + 4, last);
    const x0 = places[before]!;
    const x1 = places[i]!;
    const x2 = places[i + 2]!;
    const x3 = places[after]!;
    const y0 = places[before + 1]!;
    const y1 = places[i + 1]!;
    const y2 = places[i + 3]!;
    const y3 = places[after + 1]!;
    const chord = Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
    if (chord === 0) continue;
    const segments = Math.max(2, Math.ceil(chord * SEGMENTS_PER_UNIT));
    for (let k = 1; k <= segments; k++) {
      const t = k / segments;
      points.push(catmullRom(x0, x1, x2, x3, t), catmullRom(y0, y1, y2, y3, t));
    }
  }
  return points;
}

function catmullRom(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const linear = (p2 - p0) / 2;
  const square = p0 - 2.5 * p1 + 2 * p2 - p3 / 2;
  const cube = (3 * (p1 - p2) + p3 - p0) / 2;
  return p1 + t * (linear + t * (square + t * cube));
}
