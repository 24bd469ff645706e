import { CELL_BYTES, MAX_X, MAX_Y, MIN_X, MIN_Y } from './cell';
import { plant, repelOther, repulsionScratch } from './repulsion';
import { sumEight } from './sources';

// Share of a full step: attraction alone would be at its minimum for its weights at once, repulsion moves that minimum.
const DAMPING: f32 = 0.5;
const LONGEST_MOVE: f32 = 1;

/** Bytes of scratch for {@link settle}. */
export function settleScratch(count: i32): usize {
  return repulsionScratch(count) + CELL_BYTES;
}

/**
 * Moves new points, each for itself, over a map of `count` fixed places, from the place of the first of its edges,
 * downhill on the divergence of its affinities p from its similarities `q_j / sum_j q_j`. Each has `k` edges to fixed
 * points: `columns` (8 j) and `p`, of sum 1.
 *
 * The gradient `sum_j p_j q_j (y - y_j) - sum_j q_j^2 (y - y_j) / sum_j q_j` is divided by the curvature of its first
 * term, `sum_j p_j q_j`. A point stops when it moves less than `tolerance`, or after `steps`.
 */
export function settle(
  places: usize, count: i32, theta: f32, others: usize, otherCount: i32, k: i32, columns: usize, p: usize,
  steps: i32, tolerance: f32, scratch: usize,
): void {
  const cell = scratch;
  plant(places, count, theta, scratch + CELL_BYTES);
  const row = <usize>k << 2;
  for (let i = 0; i < otherCount; i++) {
    const other = others + (<usize>i << 3);
    store<u64>(other, load<u64>(places + load<u32>(columns)));
    for (let step = 0; step < steps; step++) {
      if (move(places, other, cell, row, columns, p) < tolerance * tolerance) break;
    }
    columns += row;
    p += row;
  }
}

/** One step of one point; the square of its length. */
function move(places: usize, other: usize, cell: usize, row: usize, columns: usize, p: usize): f32 {
  const x = load<f32>(other), y = load<f32>(other, 4);
  store<f32>(cell, x, MIN_X);
  store<f32>(cell, x, MAX_X);
  store<f32>(cell, y, MIN_Y);
  store<f32>(cell, y, MAX_Y);
  const sums = repelOther(cell);
  const share: f32 = 1 / sumEight(sums + 64);
  let gradientX = -share * sumEight(sums), gradientY = -share * sumEight(sums + 32);
  let curvature: f32 = 0;
  for (let at: usize = 0; at < row; at += 4) {
    const to = places + load<u32>(columns + at);
    const dx = x - load<f32>(to), dy = y - load<f32>(to, 4);
    const w = load<f32>(p + at) / (1 + dx * dx + dy * dy);
    gradientX += w * dx;
    gradientY += w * dy;
    curvature += w;
  }
  let moveX = -DAMPING * gradientX / curvature, moveY = -DAMPING * gradientY / curvature;
  const length = sqrt(moveX * moveX + moveY * moveY);
  if (length > LONGEST_MOVE) {
    moveX *= LONGEST_MOVE / length;
    moveY *= LONGEST_MOVE / length;
  }
  store<f32>(other, x + moveX);
  store<f32>(other, y + moveY, 4);
  return moveX * moveX + moveY * moveY;
}
