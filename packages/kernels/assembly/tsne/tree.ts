import { CELL_BYTES, END, MASS, NEXT, START } from './cell';

/** Points of a leaf, at most; more only where their keys are equal. */
export const LEAF_POINTS: i32 = 12;

let keys: usize = 0;
let free: usize = 0;

/**
 * A quadtree over `count` sorted keys at `cells`, room for `2 count` of them, without the summaries of cells. Each
 * cell that is not a leaf has two children or more: quadrants that hold all points of their parent are passed over,
 * and points of equal keys end in one leaf.
 */
export function buildTree(sortedKeys: usize, count: i32, cells: usize): void {
  keys = sortedKeys;
  free = cells;
  buildCell(0, count);
}

function buildCell(start: i32, end: i32): void {
  const cell = free;
  free += CELL_BYTES;
  store<i32>(cell, start, START);
  store<i32>(cell, end, END);
  store<f32>(cell, <f32>(end - start), MASS);
  const differing = keyAt(start) ^ keyAt(end - 1);
  if (differing != 0 && end - start > LEAF_POINTS) {
    const shift: u32 = (31 - clz(differing)) & ~1;
    let from = start;
    while (from < end) {
      const to = endOfRun(from, end, keyAt(from) >> shift, shift);
      buildCell(from, to);
      from = to;
    }
  }
  store<usize>(cell, free, NEXT);
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
