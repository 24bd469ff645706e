import type { PointMemory } from './point-memory.ts';
import type { PreparedPoints } from './prepared-points.ts';

/** Some of the points, copied together as points of their own. */
export function gatherPoints(
  { memory }: PointMemory,
  points: PreparedPoints,
  chosen: ArrayLike<number>,
): PreparedPoints {
  const { dimensions } = points;
  const count = chosen.length;
  const place = (numbers: number) => memory.allocate(4 * numbers);
  const gathered = {
    rows: place(count * dimensions),
    centred: place(count * dimensions),
    halfNorms: place(count + 32),
  };
  const all = new Float32Array(memory.memory.buffer);
  const halfNorms = gathered.halfNorms / 4;
  all.fill(Number.POSITIVE_INFINITY, halfNorms + count, halfNorms + count + 32);
  for (let i = 0; i < count; i++) {
    const from = chosen[i]!;
    all[halfNorms + i] = all[points.halfNorms / 4 + from]!;
    for (const part of ['rows', 'centred'] as const) {
      const start = points[part] / 4 + from * dimensions;
      all.copyWithin(gathered[part] / 4 + i * dimensions, start, start + dimensions);
    }
  }
  return { ...points, ...gathered, count };
}
