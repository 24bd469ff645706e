import {
  CELL_BYTES, CENTER_X, CENTER_Y, END, isLeaf, MASS, MAX_X, MAX_Y, MIN_X, MIN_Y, NEXT, SIDE_2, SPREAD, START,
} from './cell';
import { HISTOGRAM_BYTES, sortPlaces } from './sort';
import {
  addCell, addPoints, cellsEnd, CONSTANTS_BYTES, padSources, pointsEnd, setMass, setSources, sourcesBytes, sumEight,
  SUMS_BYTES, sumSources, truncateSources, writeConstants,
} from './sources';
import { summarize } from './summaries';
import { buildTree, LEAF_POINTS } from './tree';

/** Points that share their sources, at most. */
const GROUP_POINTS: i32 = 48;

// Points of equal keys are one place when their box is less than this wide: q changes by less than 1e-6 over it.
const ONE_PLACE_2: f32 = 1e-6;

// The scratch, in its order.
let constants: usize = 0;
let sums: usize = 0;
let histograms: usize = 0;
let keys: usize = 0;
let order: usize = 0;
let spareKeys: usize = 0;
let spareOrder: usize = 0;
let sortedX: usize = 0;
let sortedY: usize = 0;
let cells: usize = 0;
let undecided: usize = 0;
let sources: usize = 0;

let forces: usize = 0;
let theta2: f32 = 0;
let normalization: f64 = 0;

/** Lays the scratch for `count` points out from `scratch` on, and gives its end. */
function layOut(scratch: usize, count: i32): usize {
  const vector = <usize>((count + 7) & ~3) << 2; // a number a point, and what whole vectors reach beyond
  constants = scratch;
  sums = constants + CONSTANTS_BYTES;
  histograms = sums + SUMS_BYTES;
  keys = histograms + HISTOGRAM_BYTES;
  order = keys + vector;
  spareKeys = order + vector;
  spareOrder = spareKeys + vector;
  sortedX = spareOrder + vector;
  sortedY = sortedX + vector;
  cells = sortedY + vector;
  undecided = cells + 2 * CELL_BYTES * <usize>count;
  // A list for each level of the tree, none longer than there are points.
  sources = undecided + 17 * vector;
  return sources + sourcesBytes(count);
}

/** Bytes of scratch for the functions here. */
export function repulsionScratch(count: i32): usize {
  return layOut(0, count);
}

/**
 * The points as they follow each other along a curve through the places, of which neighbours are mostly near: to
 * `out`, Uint32 `[count]`.
 */
export function arrange(places: usize, count: i32, out: usize, scratch: usize): void {
  layOut(scratch, count);
  sortPlaces(places, count, keys, order, spareKeys, spareOrder, histograms);
  memory.copy(out, order, <usize>count << 2);
}

/**
 * How all points repel each of `count` places: `sum_j q_ij^2 (y_i - y_j)` to `out`, `[count, 2]`, with
 * `q_ij = 1 / (1 + |y_i - y_j|^2)`.
 *
 * @returns `Z = sum_i sum_(j != i) q_ij`.
 */
export function repelExactly(places: usize, count: i32, out: usize, scratch: usize): f64 {
  layOut(scratch, count);
  for (let i = 0; i < count; i++) store<u32>(order + (<usize>i << 2), i);
  begin(places, count);
  forces = out;
  repelGroup(0, count, false);
  return normalization;
}

/**
 * {@link repelExactly}, approximately: a cell of a quadtree whose side is less than `theta` times its distance from a
 * group of points repels them as a whole (Barnes and Hut 1986).
 */
export function repel(places: usize, count: i32, theta: f32, out: usize, scratch: usize): f64 {
  plant(places, count, theta, scratch);
  forces = out;
  store<usize>(undecided, cells);
  visit(cells, undecided, undecided + 4);
  return normalization;
}

/** Sorts places and builds a tree over them, which {@link repelOther} and {@link repel} walk. */
export function plant(places: usize, count: i32, theta: f32, scratch: usize): void {
  layOut(scratch, count);
  sortPlaces(places, count, keys, order, spareKeys, spareOrder, histograms);
  buildTree(keys, count, cells);
  begin(places, count);
  summarize(cells, sortedX, sortedY);
  theta2 = theta * theta;
}

/**
 * How the points of the planted tree repel another one: eight partial sums of the force's x, of its y and of q, at
 * the address it gives. `other` is a cell whose box is the point's place, and which holds no points.
 */
export function repelOther(other: usize): usize {
  sift(cells, other, 0, 0, -1, undecided);
  padSources();
  sumSources(other + MIN_X, other + MIN_Y, sums, constants);
  truncateSources(0, 0);
  return sums;
}

function begin(places: usize, count: i32): void {
  writeConstants(constants);
  setSources(sources, count);
  normalization = 0;
  for (let i = 0; i < count; i++) {
    const from = places + (<usize>load<u32>(order + (<usize>i << 2)) << 3);
    store<f32>(sortedX + (<usize>i << 2), load<f32>(from));
    store<f32>(sortedY + (<usize>i << 2), load<f32>(from, 4));
  }
}

/**
 * Takes the cells `[from, to)` that were not decided on for the parent of a target cell, adds those that are far enough
 * from it to the sources, and hands the others down to its children, or adds what is in them if the target is a group.
 */
function visit(target: usize, from: usize, to: usize): void {
  const points = pointsEnd(), far = cellsEnd();
  const start = load<i32>(target, START), end = load<i32>(target, END);
  const isGroup = end - start <= GROUP_POINTS || isLeaf(target);
  // Larger cells than the target are opened; so are all, for a group.
  const least: f32 = isGroup ? -1 : load<f32>(target, SIDE_2);
  let top = to;
  for (let at = from; at < to; at += 4) top = sift(load<usize>(at), target, start, end, least, top);
  if (isGroup) repelGroup(start, end, isOnePlace(target));
  else {
    const next = load<usize>(target, NEXT);
    for (let child = target + CELL_BYTES; child < next; child = load<usize>(child, NEXT)) visit(child, to, top);
  }
  truncateSources(points, far);
}

function sift(cell: usize, target: usize, start: i32, end: i32, least: f32, top: usize): usize {
  const x = load<f32>(cell, CENTER_X), y = load<f32>(cell, CENTER_Y);
  const dx = max(max(load<f32>(target, MIN_X) - x, x - load<f32>(target, MAX_X)), 0);
  const dy = max(max(load<f32>(target, MIN_Y) - y, y - load<f32>(target, MAX_Y)), 0);
  const side2 = load<f32>(cell, SIDE_2);
  const cellStart = load<i32>(cell, START), cellEnd = load<i32>(cell, END);
  // A cell that shares points with the target is never far, whatever rounding does to its centre.
  if (side2 < theta2 * (dx * dx + dy * dy) && (cellEnd <= start || cellStart >= end)) {
    addCell(x, y, load<f32>(cell, MASS), load<f32>(cell, SPREAD));
    return top;
  }
  if (least < 0 && cellStart >= start && cellEnd <= end) return top; // the group's own points come last
  if (isLeaf(cell)) {
    if (least < 0) {
      if (isOnePlace(cell)) addCell(x, y, load<f32>(cell, MASS), load<f32>(cell, SPREAD));
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
 * Whether more points than a leaf has are at one place: duplicates, which would repel each other one by one
 * otherwise.
 */
@inline
function isOnePlace(cell: usize): bool {
  const isFull = isLeaf(cell) && load<i32>(cell, END) - load<i32>(cell, START) > LEAF_POINTS;
  return isFull && load<f32>(cell, SIDE_2) < ONE_PLACE_2;
}

/** The forces on points `[start, end)` by the sources and by each other, at one place or not. */
function repelGroup(start: i32, end: i32, isOne: bool): void {
  const own = pointsEnd();
  if (!isOne) addPoints(sortedX + (<usize>start << 2), sortedY + (<usize>start << 2), end - start);
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
  // Each of them has a q of 1 with every other, and no force.
  if (isOne) normalization += <f64>(end - start) * <f64>(end - start - 1);
}
