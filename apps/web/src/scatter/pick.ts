import { POINT } from './points.ts';

/** Points that can be pointed at: places, and which of them are there. */
export interface Pickable {
  /** [n, 2] */
  readonly places: Float32Array;
  /** [n] */
  readonly category: Uint8Array;
  readonly state: Uint8Array;
  /** Only this class, if any. */
  readonly isolated: number | undefined;
}

/**
 * The row of the point nearest to a place, if one is within `radius`.
 *
 * Looks at all points: 60,000 take a fraction of a millisecond, and there is nothing to rebuild when they move.
 */
export function pickNearest(points: Pickable, x: number, y: number, radius: number): number | undefined {
  const { places } = points;
  let nearest: number | undefined;
  let least = radius * radius;
  for (let row = 0; 2 * row < places.length; row++) {
    const dx = places[2 * row]! - x;
    const dy = places[2 * row + 1]! - y;
    const square = dx * dx + dy * dy;
    // Of those that lie on one another the last, which is drawn on top.
    if (square <= least && isThere(points, row)) {
      least = square;
      nearest = row;
    }
  }
  return nearest;
}

/** The rows of the `count` points nearest to a place, the nearest first. */
export function nearestRows(points: Pickable, x: number, y: number, count: number): number[] {
  const { places } = points;
  const rows: number[] = [];
  const squares: number[] = [];
  for (let row = 0; 2 * row < places.length; row++) {
    const dx = places[2 * row]! - x;
    const dy = places[2 * row + 1]! - y;
    const square = dx * dx + dy * dy;
    const isFull = rows.length === count;
    if (!Number.isFinite(square) || (isFull && square >= squares[count - 1]!) || !isThere(points, row))
      continue;
    if (isFull) {
      rows.pop();
      squares.pop();
    }
    let at = rows.length;
    while (at > 0 && squares[at - 1]! > square) at--;
    rows.splice(at, 0, row);
    squares.splice(at, 0, square);
  }
  return rows;
}

/** Whether a point can be seen and meant: not hidden, and of the class that is shown alone. */
export function isThere({ category, state, isolated }: Pickable, row: number): boolean {
  return state[row] !== POINT.hidden && (isolated === undefined || category[row] === isolated);
}
