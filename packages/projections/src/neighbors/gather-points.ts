import type { PointMemory } from './point-memory.ts';
import type { PreparedPoints } from './prepared-points.ts';

// The memory is new: its pages are made as they are written.
const NUMBERS_A_STEP = 2 ** 20;

/** Some of the points, copied together as points of their own, in bounded pieces. */
export function* gatherPoints(
  { memory }: PointMemory,
  points: PreparedPoints,
  chosen: ArrayLike<number>,
): Generator<number, PreparedPoints> {
  const { dimensions } = points;
  const count = chosen.length;
  const place = (numbers: number) => memory.allocate(4 * numbers);
  const gathered = {
    rows: place(count * dimensions),
    centred: place(count * dimensions),
    halfNorms: place(count + 32),
    factors: points.factors && place(2 * count),
  };
  const all = new Float32Array(memory.memory.buffer);
  const factors = new Float64Array(memory.memory.buffer);
  const chunk = Math.max(1, Math.floor(NUMBERS_A_STEP / dimensions));
  const halfNorms = gathered.halfNorms / 4;
  all.fill(Number.POSITIVE_INFINITY, halfNorms + count, halfNorms + count + 32);
  for (let i = 0; i < count; i++) {
    const from = chosen[i]!;
    all[halfNorms + i] = all[points.halfNorms / 4 + from]!;
    if (points.factors) factors[gathered.factors / 8 + i] = factors[points.factors / 8 + from]!;
    for (const part of ['rows', 'centred'] as const) {
      const start = points[part] / 4 + from * dimensions;
      all.copyWithin(gathered[part] / 4 + i * dimensions, start, start + dimensions);
    }
    if (i % chunk === chunk - 1) yield 0;
  }
  return { ...points, ...gathered, count };
}
