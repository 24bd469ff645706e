import {
  CELL_BYTES, CENTER_X, CENTER_Y, END, isLeaf, MASS, MAX_X, MAX_Y, MIN_X, MIN_Y, NEXT, SIDE_2, SPREAD, START,
} from './cell';

/**
 * Writes centre, spread and box of all cells of a tree, from the last to the first, so that children come before
 * their parents.
 */
export function summarize(cells: usize, xs: usize, ys: usize): void {
  for (let cell = load<usize>(cells, NEXT) - CELL_BYTES; cell >= cells; cell -= CELL_BYTES) {
    if (isLeaf(cell)) summarizePoints(cell, xs, ys);
    else summarizeChildren(cell);
  }
}

function summarizePoints(cell: usize, xs: usize, ys: usize): void {
  const start = <usize>load<i32>(cell, START) << 2, end = <usize>load<i32>(cell, END) << 2;
  let minX: f32 = Infinity, minY: f32 = Infinity, maxX: f32 = -Infinity, maxY: f32 = -Infinity;
  let sumX: f64 = 0, sumY: f64 = 0;
  for (let at = start; at < end; at += 4) {
    const x = load<f32>(xs + at), y = load<f32>(ys + at);
    sumX += <f64>x;
    sumY += <f64>y;
    minX = min(minX, x);
    minY = min(minY, y);
    maxX = max(maxX, x);
    maxY = max(maxY, y);
  }
  const mass = <f64>load<f32>(cell, MASS);
  const x = sumX / mass, y = sumY / mass;
  let spread: f64 = 0;
  for (let at = start; at < end; at += 4) {
    const dx = <f64>load<f32>(xs + at) - x, dy = <f64>load<f32>(ys + at) - y;
    spread += dx * dx + dy * dy;
  }
  write(cell, x, y, spread / mass, minX, minY, maxX, maxY);
}

function summarizeChildren(cell: usize): void {
  const end = load<usize>(cell, NEXT);
  let minX: f32 = Infinity, minY: f32 = Infinity, maxX: f32 = -Infinity, maxY: f32 = -Infinity;
  let sumX: f64 = 0, sumY: f64 = 0;
  for (let child = cell + CELL_BYTES; child < end; child = load<usize>(child, NEXT)) {
    const mass = <f64>load<f32>(child, MASS);
    sumX += mass * <f64>load<f32>(child, CENTER_X);
    sumY += mass * <f64>load<f32>(child, CENTER_Y);
    minX = min(minX, load<f32>(child, MIN_X));
    minY = min(minY, load<f32>(child, MIN_Y));
    maxX = max(maxX, load<f32>(child, MAX_X));
    maxY = max(maxY, load<f32>(child, MAX_Y));
  }
  const all = <f64>load<f32>(cell, MASS);
  const x = sumX / all, y = sumY / all;
  let spread: f64 = 0;
  for (let child = cell + CELL_BYTES; child < end; child = load<usize>(child, NEXT)) {
    const dx = <f64>load<f32>(child, CENTER_X) - x, dy = <f64>load<f32>(child, CENTER_Y) - y;
    spread += <f64>load<f32>(child, MASS) * (<f64>load<f32>(child, SPREAD) + dx * dx + dy * dy);
  }
  write(cell, x, y, spread / all, minX, minY, maxX, maxY);
}

@inline
function write(cell: usize, x: f64, y: f64, spread: f64, minX: f32, minY: f32, maxX: f32, maxY: f32): void {
  const side = max(maxX - minX, maxY - minY);
  store<f32>(cell, <f32>x, CENTER_X);
  store<f32>(cell, <f32>y, CENTER_Y);
  store<f32>(cell, <f32>spread, SPREAD);
  store<f32>(cell, side * side, SIDE_2);
  store<f32>(cell, minX, MIN_X);
  store<f32>(cell, minY, MIN_Y);
  store<f32>(cell, maxX, MAX_X);
  store<f32>(cell, maxY, MAX_Y);
}
