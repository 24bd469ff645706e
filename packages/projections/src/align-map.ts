import { LatentkitError } from '@latentkit/core';
import { type Points, requirePoints } from './points.ts';

/**
 * A map laid on another one of the same points, so that eyes can compare them: turned, mirrored, moved and scaled as a whole, which
 * changes nothing of what a map says.
 *
 * The similarity that minimises `sum over i of |s R (y_i - mean y) + mean x - x_i|^2` over all rotations and reflections `R` and
 * scales `s`, for places `y` of the map and `x` of the reference; in two dimensions in closed form. A map whose points all lie on
 * one place is moved alone.
 *
 * @param map `[count, 2]`.
 * @param reference the map that it is laid on, `[count, 2]`.
 * @returns the places of `map`, `[count, 2]`.
 * @throws `E_USAGE`, `E_SHAPE`, `E_NOT_FINITE` for what are no two maps of the same points.
 * @example
 * const again = await (await createProjection('umap', points, { seed: 1 })).run();
 * const size = { count: points.count, dimensions: 2 };
 * const aligned = alignMap({ data: again, ...size }, { data: first, ...size });
 * @see Schönemann, "A generalized solution of the orthogonal Procrustes problem" (Psychometrika 31, 1966)
 */
export function alignMap(map: Points, reference: Points): Float32Array<ArrayBuffer> {
  requirePlane(map, 'alignMap, map');
  requirePlane(reference, 'alignMap, reference');
  const { data, count } = map;
  if (count !== reference.count) {
    throw new LatentkitError(
      'E_SHAPE',
      `alignMap: the reference must have the ${count} points of the map, got ${reference.count}`,
    );
  }
  const [mapX, mapY] = meanOf(map);
  const [toX, toY] = meanOf(reference);
  let [xx, xy, yx, yy, size] = [0, 0, 0, 0, 0];
  for (let at = 0; at < data.length; at += 2) {
    const [x, y] = [data[at]! - mapX, data[at + 1]! - mapY];
    const [u, v] = [reference.data[at]! - toX, reference.data[at + 1]! - toY];
    xx += x * u;
    xy += x * v;
    yx += y * u;
    yy += y * v;
    size += x * x + y * y;
  }
  // Rotations are [c -s; s c] and reflections [c s; s -c]: of each kind the best has c and s along these sums, and their length as its merit.
  const rotation = [xx + yy, xy - yx] as const;
  const reflection = [xx - yy, xy + yx] as const;
  const isMirrored = Math.hypot(...reflection) > Math.hypot(...rotation);
  const [cosine, sine] = (isMirrored ? reflection : rotation).map((sum) => (size > 0 ? sum / size : 0)) as [
    number,
    number,
  ];
  const sign = isMirrored ? -1 : 1;
  const aligned = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += 2) {
    const [x, y] = [data[at]! - mapX, data[at + 1]! - mapY];
    aligned[at] = cosine * x - sign * sine * y + toX;
    aligned[at + 1] = sine * x + sign * cosine * y + toY;
  }
  return aligned;
}

function requirePlane(points: Points, where: string): void {
  requirePoints(points, where);
  if (points.dimensions === 2) return;
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: expected a map of [count, 2], got ${points.dimensions} dimensions`,
  );
}

function meanOf({ data, count }: Points): [number, number] {
  let [x, y] = [0, 0];
  for (let at = 0; at < data.length; at += 2) {
    x += data[at]!;
    y += data[at + 1]!;
  }
  return [x / count, y / count];
}
