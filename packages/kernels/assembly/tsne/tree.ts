import {
  CELL_BYTES, CENTER_X, CENTER_Y, END, MASS, MAX_X, MAX_Y, MIN_X, MIN_Y, NEXT, SIDE_2, START,
} from './cell';

/** Points of a leaf, at most; more only where their keys are equal. */
export const LEAF_POINTS: i32 = 8;

let keys: usize = 0;
let xs: usize = 0;
let ys: usize = 0;
let free: usize = 0;

/**
 * A quadtree over sorted places (`sortedX`, `sortedY`) at `cells`, room for `2 count` of them. Each cell that is not a leaf has
 * two children or more: quadrants that hold all points of their parent are passed over, and points of equal keys end
 * in one leaf.
 */
export function buildTree(sortedKeys: usize, sortedX: usize, sortedY: usize, count: i32, cells: usize): void {
  keys = sortedKeys;
  xs = sortedX;
  ys = sortedY;
  free = cells;
  buildCell(0, count);
}

function buildCell(start: i32, end: i32): usize {
  const cell = free;
  free += CELL_BYTES;
  store<i32>(cell, start, START);
  store<i32>(cell, end, END);
  store<f32>(cell, <f32>(end - start), MASS);
  const differing = keyAt(start) ^ keyAt(end - 1);
  if (differing == 0 || end - start <= LEAF_POINTS) summarizePoints(cell, start, end);
  else {
    const shift: u32 = (31 - clz(differing)) & ~1;
    let from = start;
    while (from < end) {
      const to = endOfRun(from, end, keyAt(from) >> shift, shift);
      buildCell(from, to);
      from = to;
    }
    summarizeChildren(cell, free);
  }
  store<usize>(cell, free, NEXT);
  return cell;
}

@inline
function keyAt(i: i32): u32 {
  return load<u32>(keys + (<usize>i << 2));
}

/** The first index after `from` whose key has another prefix, or `end`. */
function endOfRun(from: i32, end: i32, prefix: u32, shift: u32): i32 {
  let low = from + 1, high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyAt(middle) >> shift == prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}

function summarizePoints(cell: usize, start: i32, end: i32): void {
  let minX: f32 = Infinity, minY: f32 = Infinity, maxX: f32 = -Infinity, maxY: f32 = -Infinity;
  let sumX: f64 = 0, sumY: f64 = 0;
  for (let i = start; i < end; i++) {
    const x = load<f32>(xs + (<usize>i << 2)), y = load<f32>(ys + (<usize>i << 2));
    sumX += <f64>x;
    sumY += <f64>y;
    minX = min(minX, x);
    minY = min(minY, y);
    maxX = max(maxX, x);
    maxY = max(maxY, y);
  }
  writeSummary(cell, sumX / <f64>(end - start), sumY / <f64>(end - start), minX, minY, maxX, maxY);
}

function summarizeChildren(cell: usize, end: usize): void {
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
  const mass = <f64>load<f32>(cell, MASS);
  writeSummary(cell, sumX / mass, sumY / mass, minX, minY, maxX, maxY);
}

@inline
function writeSummary(cell: usize, x: f64, y: f64, minX: f32, minY: f32, maxX: f32, maxY: f32): void {
  const side = max(maxX - minX, maxY - minY);
  store<f32>(cell, <f32>x, CENTER_X);
  store<f32>(cell, <f32>y, CENTER_Y);
  store<f32>(cell, side * side, SIDE_2);
  store<f32>(cell, minX, MIN_X);
  store<f32>(cell, minY, MIN_Y);
  store<f32>(cell, maxX, MAX_X);
  store<f32>(cell, maxY, MAX_Y);
}
