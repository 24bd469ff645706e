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

// The scratch of all who share a tree, in its order.
let histograms: usize = 0;
let keys: usize = 0;
let order: usize = 0;
let spareKeys: usize = 0;
let spareOrder: usize = 0;
let sortedX: usize = 0;
let sortedY: usize = 0;
let cells: usize = 0;
let totals: usize = 0;
let equals: usize = 0;
let shares: usize = 0;

// And of each of them, in its order.
let constants: usize = 0;
let sums: usize = 0;
let undecided: usize = 0;
let sources: usize = 0;

let forces: usize = 0;
let theta2: f32 = 0;

/** Bytes of a number a point, and of what whole vectors reach beyond. */
function vectorBytes(count: i32): usize {
  return <usize>((count + 7) & ~3) << 2;
}

/** Lays the tree of `count` points, and what is known of them, out from `scratch` on, and gives its end. */
function layOutShared(scratch: usize, count: i32): usize {
  const vector = vectorBytes(count);
  histograms = scratch;
  keys = histograms + HISTOGRAM_BYTES;
  order = keys + vector;
  spareKeys = order + vector;
  spareOrder = spareKeys + vector;
  sortedX = spareOrder + vector;
  sortedY = sortedX + vector;
  cells = sortedY + vector;
  totals = cells + 2 * CELL_BYTES * <usize>count;
  equals = totals + 2 * vector;
  shares = equals + 2 * vector;
  return shares + vector;
}

/** Lays out what each thread has of its own, and gives its end. */
function layOutOwn(own: usize, count: i32): usize {
  constants = own;
  sums = constants + CONSTANTS_BYTES;
  undecided = sums + SUMS_BYTES;
  // A list for each level of the tree, none longer than there are points.
  sources = undecided + 17 * vectorBytes(count);
  return sources + sourcesBytes(count);
}

/** Lays the scratch for `count` points out from `scratch` on, and gives its end. */
function layOut(scratch: usize, count: i32): usize {
  return layOutOwn(layOutShared(scratch, count), count);
}

/** Bytes of scratch for the functions here. */
export function repulsionScratch(count: i32): usize {
  return layOut(0, count);
}

/** Bytes of scratch for {@link joinRepulsion}. */
export function joiningScratch(count: i32): usize {
  return layOutOwn(0, count);
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
  return normalization(count);
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
  return normalization(count);
}

/**
 * Repulsion that threads share: the tree of {@link plant} is cut into subtrees of at most `most` points each, or of one cell.
 *
 * @returns how many there are.
 */
export function cutTree(most: i32): i32 {
  return cutCell(cells, most, 0);
}

function cutCell(cell: usize, most: i32, count: i32): i32 {
  const points = load<i32>(cell, END) - load<i32>(cell, START);
  if (points <= most || points <= GROUP_POINTS || isLeaf(cell)) {
    store<usize>(shares + (<usize>count << 2), cell);
    return count + 1;
  }
  const next = load<usize>(cell, NEXT);
  for (let child = cell + CELL_BYTES; child < next; child = load<usize>(child, NEXT)) count = cutCell(child, most, count);
  return count;
}

/** For another thread: to take part in the repulsion of `count` points whose tree is in `scratch`, with lists of its own. */
export function joinRepulsion(count: i32, theta: f32, scratch: usize, own: usize): void {
  layOutShared(scratch, count);
  layOutOwn(own, count);
  writeConstants(constants);
  setSources(sources, count);
  theta2 = theta * theta;
}

/** {@link repel} for the points of one share of the tree: its lists are those that the way to it from the root leaves. */
export function repelShare(share: i32, out: usize): void {
  const target = load<usize>(shares + (<usize>share << 2));
  const point = load<i32>(target, START);
  forces = out;
  store<usize>(undecided, cells);
  let cell = cells, from = undecided, to = undecided + 4;
  while (cell != target) {
    const start = load<i32>(cell, START), end = load<i32>(cell, END);
    let top = to;
    for (let at = from; at < to; at += 4) top = sift(load<usize>(at), cell, start, end, load<f32>(cell, SIDE_2), top);
    from = to;
    to = top;
    cell += CELL_BYTES;
    while (load<i32>(cell, END) <= point) cell = load<usize>(cell, NEXT);
  }
  visit(target, from, to);
  truncateSources(0, 0);
}

/** `Z` of {@link repel}, once all forces are there. */
export function normalization(count: i32): f64 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < <usize>count << 3; i += 8) {
    sum += load<f64>(totals + i);
    const equal = load<f64>(equals + i);
    if (equal != 0) sum += equal;
  }
  return sum;
}

/** Sorts places and builds a tree over them, which {@link repelOther}, {@link repel} and {@link repelShare} walk. */
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
    store<f64>(totals + (<usize>i << 3), <f64>sumEight(sums + 64));
    store<f64>(equals + (<usize>i << 3), 0);
  }
  // Each of them has a q of 1 with every other, and no force.
  if (isOne) store<f64>(equals + (<usize>(end - 1) << 3), <f64>(end - start) * <f64>(end - start - 1));
}
