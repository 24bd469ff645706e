/** A pen of varying width: half of it, at every point of a stroke. */
export interface PenStroke {
  /** `[x0, y0, x1, y1, ...]`, in pixels; pixel `(column, row)` has its centre at `(column, row)`. */
  readonly points: readonly number[];
  /** One radius a point, in pixels. */
  readonly radii: readonly number[];
}

/**
 * Draws strokes into a square grey image, with soft edges.
 *
 * A pixel at distance `d` from the nearest segment, where the pen has the radius `r`, gets the ink
 * `255 clamp(1/2 + (r - d) / softness)`; of several segments the one that gives most counts.
 *
 * @param out `[side, side]` bytes, row by row; overwritten.
 * @param softness width of the edge from white to black, in pixels, above 0.
 * @example
 * const out = new Uint8Array(28 * 28);
 * rasterize([{ points: [13, 4, 13, 22], radii: [1.5, 1.5] }], out, { side: 28, softness: 1 });
 * out[14 * 28 + 13]; // 255
 */
export function rasterize(
  strokes: readonly PenStroke[],
  out: Uint8Array,
  { side, softness }: { side: number; softness: number },
): void {
  const depth = new Float64Array(side * side).fill(-softness);
  for (const { points, radii } of strokes) {
    for (let i = 2; i < points.length; i += 2) drawSegment(depth, side, softness / 2, points, radii, i);
  }
  for (let pixel = 0; pixel < depth.length; pixel++) {
    const ink = 0.5 + depth[pixel]! / softness;
    out[pixel] = Math.floor(255 * Math.min(Math.max(ink, 0), 1) + 0.5);
  }
}

/** Raises `depth`, the largest `r - d` so far, around the segment that ends at `points[i]`. */
function drawSegment(
  depth: Float64Array,
  side: number,
  edge: number,
  points: readonly number[],
  radii: readonly number[],
  i: number,
): void {
  const x = points[i - 2]!;
  const y = points[i - 1]!;
  const dx = points[i]! - x;
  const dy = points[i + 1]! - y;
  const radius = radii[i / 2 - 1]!;
  const growth = radii[i / 2]! - radius;
  const reach = Math.max(radius, radius + growth) + edge;
  const left = Math.max(0, Math.ceil(Math.min(x, x + dx) - reach));
  const right = Math.min(side - 1, Math.floor(Math.max(x, x + dx) + reach));
  const top = Math.max(0, Math.ceil(Math.min(y, y + dy) - reach));
  const bottom = Math.min(side - 1, Math.floor(Math.max(y, y + dy) + reach));
  const squared = dx * dx + dy * dy;
  const perLength = squared > 0 ? 1 / squared : 0;
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const along = ((column - x) * dx + (row - y) * dy) * perLength;
      const t = along < 0 ? 0 : Math.min(along, 1);
      const offX = column - x - t * dx;
      const offY = row - y - t * dy;
      const inside = radius + t * growth - Math.sqrt(offX * offX + offY * offY);
      if (inside > depth[row * side + column]!) depth[row * side + column] = inside;
    }
  }
}
