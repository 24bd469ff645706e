import type { PointMemory } from './point-memory.ts';

/** Points in memory: as they came, and centred and scaled so that half squared distances are precise. */
export interface PreparedPoints {
  readonly count: number;
  readonly dimensions: number;
  /** `[count, dimensions]`, as they came. */
  readonly rows: number;
  /** `[count]`, float64: what brings rows to length 1, below 0 for rows of 0, where the distances are of these; 0 for none. */
  readonly factors: number;
  /** `[count, dimensions]`, as placed, minus `centre`, times `scale`. */
  readonly centred: number;
  /** `[count]`, half the squared norms of the centred rows; then at least 16 times infinity. */
  readonly halfNorms: number;
  /** `[dimensions]` */
  readonly centre: number;
  readonly scale: number;
  /** No centred row is longer. */
  readonly longest: number;
}

const NUMBERS_A_STEP = 2 ** 21;
const PADDING = 32;

export interface Size {
  count: number;
  dimensions: number;
}

/** Rows of points in memory. */
export interface Rows extends Size {
  /** As they came. */
  rows: number;
  /** What products are made of: the same, or rows of length 1, which are overwritten by what is made of them. */
  placed: number;
  /** As those of `PreparedPoints`. */
  factors: number;
}

/** Bytes that a set of points takes. */
export function preparedBytes({ count, dimensions }: Size): number {
  return 8 * count * dimensions + 12 * (count + PADDING) + 12 * dimensions;
}

/** The mean of rows as placed, rounded to float32, found in bounded pieces. */
export function* findCentre(
  { memory, neighbors }: PointMemory,
  { count, dimensions, placed }: Rows,
): Generator<void, number> {
  const centre = memory.allocate(4 * dimensions);
  const sums = memory.allocate(8 * dimensions);
  new Float64Array(memory.memory.buffer, sums, dimensions).fill(0);
  for (const { first, size } of chunks(count, dimensions)) {
    neighbors.addRows(placed + 4 * first * dimensions, size, dimensions, sums);
    yield;
  }
  const means = new Float64Array(memory.memory.buffer, sums, dimensions).map((sum) => sum / count);
  new Float32Array(memory.memory.buffer, centre, dimensions).set(means);
  memory.free(sums);
  return centre;
}

/** Centres and scales rows in bounded pieces. */
export function* preparePoints(
  { memory, neighbors }: PointMemory,
  { count, dimensions, rows, placed, factors }: Rows,
  centre: number,
  scale: number,
): Generator<void, PreparedPoints> {
  const centred = placed === rows ? memory.allocate(4 * count * dimensions) : placed;
  const halfNorms = memory.allocate(4 * (count + PADDING));
  for (const { first, size } of chunks(count, dimensions)) {
    const offset = 4 * first * dimensions;
    neighbors.centreRows(placed + offset, size, dimensions, centre, scale, centred + offset);
    neighbors.halfNorms(centred + offset, size, dimensions, halfNorms + 4 * first);
    yield;
  }
  const longest = Math.sqrt(2 * neighbors.largest(halfNorms, count));
  new Float32Array(memory.memory.buffer, halfNorms, count + PADDING).fill(Number.POSITIVE_INFINITY, count);
  return { count, dimensions, rows, factors, centred, halfNorms, centre, scale, longest };
}

function* chunks(count: number, dimensions: number): Generator<{ first: number; size: number }> {
  const most = Math.max(1, Math.floor(NUMBERS_A_STEP / dimensions));
  for (let first = 0; first < count; first += most) yield { first, size: Math.min(most, count - first) };
}
