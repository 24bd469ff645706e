/**
 * Scales a drawing to a box and moves its centre of mass to the middle of the frame, in place: what MNIST did to its scans.
 *
 * The longer side of the bounding box becomes `size`; the mass of a segment is its length. Where that would push ink over
 * the frame's border, the drawing is moved back by as much.
 *
 * @param strokes polylines `[x0, y0, x1, y1, ...]`; becomes pixels, pixel `(column, row)` having its centre at `(column, row)`.
 * @param size longer side of the pen's bounding box, in pixels.
 * @param frame side of the image, in pixels.
 * @param margin kept free inside the frame's border, in pixels.
 * @example
 * const strokes = [[0, 0, 0, 1]];
 * fitToFrame(strokes, { size: 18, frame: 28, margin: 2 });
 * strokes; // [[13.5, 4.5, 13.5, 22.5]]
 */
export function fitToFrame(
  strokes: readonly number[][],
  { size, frame, margin }: { size: number; frame: number; margin: number },
): void {
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [mass, massX, massY] = [0, 0, 0];
  for (const points of strokes) {
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i]!;
      const y = points[i + 1]!;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      if (i === 0) continue;
      const fromX = points[i - 2]!;
      const fromY = points[i - 1]!;
      const length = Math.sqrt((x - fromX) * (x - fromX) + (y - fromY) * (y - fromY));
      mass += length;
      massX += (length * (x + fromX)) / 2;
      massY += (length * (y + fromY)) / 2;
    }
  }
  const scale = size / Math.max(right - left, bottom - top);
  const shiftX = shiftInto(massX / mass, left, right, scale, frame, margin);
  const shiftY = shiftInto(massY / mass, top, bottom, scale, frame, margin);
  for (const points of strokes) {
    for (let i = 0; i < points.length; i += 2) {
      points[i] = points[i]! * scale + shiftX;
      points[i + 1] = points[i + 1]! * scale + shiftY;
    }
  }
}

/** The shift that brings `centre` to the frame's middle, or as near as `low` and `high` may go to its borders. */
function shiftInto(
  centre: number,
  low: number,
  high: number,
  scale: number,
  frame: number,
  margin: number,
): number {
  const least = margin - 0.5 - low * scale;
  const most = frame - margin - 0.5 - high * scale;
  return Math.min(Math.max((frame - 1) / 2 - centre * scale, least), most);
}
