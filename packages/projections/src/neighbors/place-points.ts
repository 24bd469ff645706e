import { LatentkitError } from '@latentkit/core';
import type { Points } from '../points.ts';
import type { PointMemory } from './point-memory.ts';
import type { Rows } from './prepared-points.ts';

const MOST_FLOAT = 3.4e38;

/** Points in memory, whose euclidean distances stand for what is measured. */
export interface PlacedPoints {
  points: Rows;
  queries: Rows | undefined;
  /** A power of two that brings the largest number near 1. */
  scale: number;
}

/** How many numbers a row has in memory. */
export function placedDimensions(
  metric: 'euclidean' | 'cosine',
  points: Points,
  queries: Points | undefined,
): number {
  const oneMore = metric === 'cosine' && [points, queries].some((of) => of && hasZeroRow(of));
  return points.dimensions + (oneMore ? 1 : 0);
}

/**
 * Copies points into memory: as they are, and for the cosine on the unit sphere too, where half the squared distance is
 * `1 - cos`. Zero vectors have no direction and get one of their own, a dimension more: they are at distance 0 from each
 * other, and 1 from all else. Rows of length 1 are rounded, so they only find candidates; distances are those of the points
 * themselves, with factors in float64.
 *
 * @throws `E_RANGE` where distances may exceed float32.
 */
export function placePoints(
  { memory, neighbors }: PointMemory,
  metric: 'euclidean' | 'cosine',
  dimensions: number,
  points: Points,
  queries: Points | undefined,
): PlacedPoints {
  const place = (of: Points): Rows => {
    const rows = memory.allocate(4 * of.count * dimensions);
    const view = new Float32Array(memory.memory.buffer, rows, of.count * dimensions);
    if (dimensions === of.dimensions) view.set(of.data);
    else widen(of, view);
    if (metric === 'euclidean') return { count: of.count, dimensions, rows, placed: rows, factors: 0 };
    const placed = memory.allocate(4 * of.count * dimensions);
    const factors = memory.allocate(8 * of.count);
    neighbors.unitRows(rows, of.count, dimensions, placed, factors);
    const signs = new Float64Array(memory.memory.buffer, factors, of.count);
    for (let i = 0; i < of.count; i++) if (isZeroRow(of, i)) signs[i] = -1;
    return { count: of.count, dimensions, rows, placed, factors };
  };
  const placed = { points: place(points), queries: queries && place(queries) };
  const largest = Math.max(
    ...[placed.points, placed.queries].map((of) =>
      of ? neighbors.largest(of.placed, of.count * dimensions) : 0,
    ),
  );
  if (2 * largest * Math.sqrt(dimensions) > MOST_FLOAT) {
    throw new LatentkitError(
      'E_RANGE',
      `createNeighborSearch: numbers up to ${largest} make distances beyond float32`,
      { fix: 'Scale the points down' },
    );
  }
  return { ...placed, scale: inverseMagnitude(largest) };
}

const isZeroRow = ({ data, dimensions }: Points, i: number) => {
  for (let at = i * dimensions; at < (i + 1) * dimensions; at++) if (data[at] !== 0) return false;
  return true;
};

function hasZeroRow(points: Points): boolean {
  for (let i = 0; i < points.count; i++) if (isZeroRow(points, i)) return true;
  return false;
}

/** Rows with a number more: 1 for zero vectors, otherwise 0. */
function widen(points: Points, to: Float32Array): void {
  const { count, data, dimensions } = points;
  for (let i = 0; i < count; i++) {
    to.set(data.subarray(i * dimensions, (i + 1) * dimensions), i * (dimensions + 1));
    to[(i + 1) * (dimensions + 1) - 1] = isZeroRow(points, i) ? 1 : 0;
  }
}

/** `2^-e` for numbers of `2^e` to `2^(e + 1)`, as far as float32 has it; 1 for 0. */
function inverseMagnitude(largest: number): number {
  if (largest === 0) return 1;
  const bits = new Uint32Array(Float32Array.of(largest).buffer)[0]!;
  const exponent = Math.max(bits >>> 23, 1) - 127;
  return new Float32Array(Uint32Array.of((127 - exponent) << 23).buffer)[0]!;
}
