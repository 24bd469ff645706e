/**
 * Scales a drawing so that the longer side of its bounding box is `size`, and moves the box's middle to `(centre, centre)`,
 * in place.
 *
 * @param strokes polylines `[x0, y0, x1, y1, ...]`, in any unit; becomes pixels.
 * @param size in pixels.
 * @param centre in pixels.
 * @example
 * const strokes = [[0, 0, 0, 1]];
 * fitToBox(strokes, { size: 18, centre: 14 });
 * strokes; // [[14, 5, 14, 23]]
 */
export function fitToBox(
  strokes: readonly number[][],
  { size, centre }: { size: number; centre: number },
): void {
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const points of strokes) {
    for (let i = 0; i < points.length; i += 2) {
      left = Math.min(left, points[i]!);
      right = Math.max(right, points[i]!);
      top = Math.min(top, points[i + 1]!);
      bottom = Math.max(bottom, points[i + 1]!);
    }
  }
  const scale = size / Math.max(right - left, bottom - top);
  const middleX = (left + right) / 2;
  const middleY = (top + bottom) / 2;
  for (const points of strokes) {
    for (let i = 0; i < points.length; i += 2) {
      points[i] = centre + scale * (points[i]! - middleX);
      points[i + 1] = centre + scale * (points[i + 1]! - middleY);
    }
  }
}
