import { CELL_BYTES, CENTER_X, CENTER_Y, END, isLeaf, MASS, MAX_X, MAX_Y, MIN_X, MIN_Y, NEXT, SIDE_2, START } from './cell';
import { HISTOGRAM_BYTES, sortPlaces } from './sort';
import {
  addPoints, addSource, padSources, setMass, setSources, sourcesEnd, sumEight, sumSources, truncateSources,
} from './sources';
import { buildTree, LEAF_POINTS } from './tree';

/** Points that share a list of sources, at most. */
export let GROUP_POINTS: i32 = 24;
export function setGroup(n: i32): void { GROUP_POINTS = n; }

// Where things are in the scratch, set by layOut.
let constants: usize = 0; // 16 numbers of sumSources, then its 24 sums
let histograms: usize = 0;
let keys: usize = 0;
let order: usize = 0;
let spareKeys: usize = 0;
let spareOrder: usize = 0;
let sortedX: usize = 0;
let sortedY: usize = 0;
let sourceX: usize = 0;
let sourceY: usize = 0;
let sourceMass: usize = 0;
let cells: usize = 0;
let undecided: usize = 0;

let sums: usize = 0;
let forces: usize = 0;
let theta2: f32 = 0;
let normalization: f64 = 0;

/** Lays the scratch for `count` points out from `scratch` on, and gives its end. */
function layOut(scratch: usize, count: i32): usize {
  const vector = (<usize>(count + 19) & ~3) << 2; // a number a point, and 16 more
  constants = scratch;
  sums = constants + 64;
  histograms = sums + 96;
  keys = histograms + HISTOGRAM_BYTES;
  order = keys + vector;
  spareKeys = order + vector;
  spareOrder = spareKeys + vector;
  sortedX = spareOrder + vector;
  sortedY = sortedX + vector;
  sourceX = sortedY + vector;
  sourceY = sourceX + vector;
  sourceMass = sourceY + vector;
  cells = sourceMass + vector;
  undecided = cells + 2 * CELL_BYTES * <usize>count;
  // A list for each level of the tree, none longer than there are points.
  return undecided + 17 * vector;
}

/** Bytes of scratch that the functions here need. */
export function repulsionScratch(count: i32): usize {
  return layOut(0, count);
}

function begin(scratch: usize, count: i32): void {
  layOut(scratch, count);
  for (let at: usize = 0; at < 32; at += 4) {
    store<f32>(constants + at, 0);
    store<f32>(constants + at, 1, 32);
  }
  setSources(sourceX, sourceY, sourceMass);
  normalization = 0;
}

/**
 * How all points repel each of `count` places: `sum_j q_ij^2 (y_i - y_j)` to `out`, `[count, 2]`, with `q_ij = 1 / (1 + |y_i - y_j|^2)`.
 *
 * @returns `Z = sum_i sum_(j != i) q_ij`.
 */
export function repelExactly(places: usize, count: i32, out: usize, scratch: usize): f64 {
  begin(scratch, count);
  forces = out;
  for (let i = 0; i < count; i++) {
    store<f32>(sortedX + (<usize>i << 2), load<f32>(places + (<usize>i << 3)));
    store<f32>(sortedY + (<usize>i << 2), load<f32>(places + (<usize>i << 3), 4));
    store<u32>(order + (<usize>i << 2), i);
  }
  repelGroup(0, count, false);
  return normalization;
}

/**
 * {@link repelExactly}, approximately: a cell of the tree whose side is less than `theta` times its distance from a group of points repels
 * them as if all its points were at their centre.
 */
export function repel(places: usize, count: i32, theta: f32, out: usize, scratch: usize): f64 {
  plant(places, count, scratch);
  forces = out;
  theta2 = theta * theta;
  store<usize>(undecided, cells);
  visit(cells, undecided, undecided + 4);
  return normalization;
}

/** Sorts the places, and builds the tree over them. */
function plant(places: usize, count: i32, scratch: usize): void {
  begin(scratch, count);
  sortPlaces(places, count, keys, order, spareKeys, spareOrder, histograms);
  for (let i = 0; i < count; i++) {
    const from = places + (<usize>load<u32>(order + (<usize>i << 2)) << 3);
    store<f32>(sortedX + (<usize>i << 2), load<f32>(from));
    store<f32>(sortedY + (<usize>i << 2), load<f32>(from, 4));
  }
  buildTree(keys, sortedX, sortedY, count, cells);
}

/**
 * Takes the cells `[from, to)` that were not decided on for the parent of a target cell, adds those that are far enough
 * from it to the sources, and hands the others down to its children, or adds what is in them if the target is a group.
 */
function visit(target: usize, from: usize, to: usize): void {
  const mark = sourcesEnd();
  const start = load<i32>(target, START), end = load<i32>(target, END);
  const isGroup = end - start <= GROUP_POINTS || isLeaf(target);
  // Larger cells than the target are opened; so are all, for a group.
  const least: f32 = isGroup ? -1 : load<f32>(target, SIDE_2);
  let top = to;
  for (let at = from; at < to; at += 4) top = sift(load<usize>(at), target, start, end, least, top);
  if (isGroup) repelGroup(start, end, end - start > LEAF_POINTS && isLeaf(target));
  else {
    const next = load<usize>(target, NEXT);
    for (let child = target + CELL_BYTES; child < next; child = load<usize>(child, NEXT)) visit(child, to, top);
  }
  truncateSources(mark);
}

function sift(cell: usize, target: usize, start: i32, end: i32, least: f32, top: usize): usize {
  const x = load<f32>(cell, CENTER_X), y = load<f32>(cell, CENTER_Y);
  const dx = max(max(load<f32>(target, MIN_X) - x, x - load<f32>(target, MAX_X)), 0);
  const dy = max(max(load<f32>(target, MIN_Y) - y, y - load<f32>(target, MAX_Y)), 0);
  const side2 = load<f32>(cell, SIDE_2);
  const cellStart = load<i32>(cell, START), cellEnd = load<i32>(cell, END);
  // A cell that shares points with the target is never far, whatever rounding does to its centre.
  if (side2 < theta2 * (dx * dx + dy * dy) && (cellEnd <= start || cellStart >= end)) {
    addSource(x, y, load<f32>(cell, MASS));
    return top;
  }
  if (least < 0 && cellStart >= start && cellEnd <= end) return top; // the group's own points come last
  if (isLeaf(cell)) {
    if (least < 0) {
      if (cellEnd - cellStart > LEAF_POINTS) addSource(x, y, load<f32>(cell, MASS));
      else addPoints(sortedX + (<usize>cellStart << 2), sortedY + (<usize>cellStart << 2), cellEnd - cellStart);
      return top;
    }
  } else if (side2 >= least) {
    const next = load<usize>(cell, NEXT);
    for (let child = cell + CELL_BYTES; child < next; child = load<usize>(child, NEXT)) {
      top = sift(child, target, start, end, least, top);
    }
    return top;
  }
  store<usize>(top, cell);
  return top + 4;
}

/**
 * The forces on points `[start, end)` by the sources and by each other; where `isOne`, all of them are at one place
 * (as close as keys tell), and a single source stands for the others.
 */
function repelGroup(start: i32, end: i32, isOne: bool): void {
  const own = sourcesEnd();
  if (isOne) addCenter(start, end);
  else addPoints(sortedX + (<usize>start << 2), sortedY + (<usize>start << 2), end - start);
  padSources();
  for (let i = start; i < end; i++) {
    const self = own + (<usize>(i - start) << 2);
    if (!isOne) setMass(self, 0);
    sumSources(sortedX + (<usize>i << 2), sortedY + (<usize>i << 2), sums, constants);
    if (!isOne) setMass(self, 1);
    const out = forces + (<usize>load<u32>(order + (<usize>i << 2)) << 3);
    store<f32>(out, sumEight(sums));
    store<f32>(out, sumEight(sums + 32), 4);
    normalization += <f64>sumEight(sums + 64);
  }
  truncateSources(own);
}

function addCenter(start: i32, end: i32): void {
  let x: f64 = 0, y: f64 = 0;
  for (let i = start; i < end; i++) {
    x += <f64>load<f32>(sortedX + (<usize>i << 2));
    y += <f64>load<f32>(sortedY + (<usize>i << 2));
  }
  const count = <f64>(end - start);
  addSource(<f32>(x / count), <f32>(y / count), <f32>(end - start - 1));
}
