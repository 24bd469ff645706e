import { distanceOf, TINY } from './distance';
import { anyNear, anyNearEither, halfDistance, RUN } from './half-distances';

// For each point i there are k marks: points whose ranks among all others by distance from i are wanted. A record of
// `recordBytes(k)` holds, of marks in ascending order, equals by index: their squared distances (float64), half of them
// in the scale of the products (float32, infinity up to a multiple of four), their indices (int32), and how many points
// have exactly 0, 1, .. k - 1 marks nearer than they are, or equal (int32).

@inline
function padded(k: i32): usize {
  return <usize>((k + 3) & ~3);
}

/** Bytes of the record of a point. */
export function recordBytes(k: i32): usize {
  return 20 * padded(k);
}

@inline
function halvesOf(record: usize, k: i32): usize {
  return record + 8 * padded(k);
}

@inline
function indicesOf(record: usize, k: i32): usize {
  return record + 12 * padded(k);
}

@inline
function countsOf(record: usize, k: i32): usize {
  return record + 16 * padded(k);
}

// What all calls of a walk share.
let points: usize = 0;
let dimensions: i32 = 0;
let error: f64 = 0;
let factors: usize = 0;
let slack: f64 = 0;
let marks: i32 = 0;
let records: usize = 0;
let bounds: usize = 0;

/** Sets what the ranks of a walk are counted by: rows, what their products are off by, and where records and bounds are. */
export function setRanks(
  points_: usize, dimensions_: i32, factors_: usize, error_: f64, slack_: f64, marks_: i32, records_: usize, bounds_: usize,
): void {
  points = points_; dimensions = dimensions_; factors = factors_; error = error_; slack = slack_; marks = marks_; records = records_; bounds = bounds_;
}

/**
 * Fills the records of `count` points, from `first` on, by the indices of their marks (`[count, marks]`), and their bounds:
 * a point that is not farther than the last mark has a smaller half squared distance than the bound.
 */
export function startRanks(first: i32, count: i32, indices: usize, halfNorms: usize, scale: f64): void {
  for (let i = first; i < first + count; i++) {
    const record = records + <usize>i * recordBytes(marks);
    const halves = halvesOf(record, marks);
    memory.fill(countsOf(record, marks), 0, 4 * padded(marks));
    for (let m = 0; m < marks; m++) {
      const index = load<i32>(indices + (<usize>m << 2));
      placeMark(record, m, exactDistance(i, index), index);
    }
    for (let m = 0; m < <i32>padded(marks); m++) {
      const half = m < marks ? 0.5 * scale * scale * load<f64>(record + (<usize>m << 3)) : Infinity;
      store<f32>(halves + (<usize>m << 2), <f32>half);
    }
    const farthest = sqrt(load<f64>(record + (<usize>(marks - 1) << 3))) * scale;
    const h = <f64>load<f32>(halfNorms + (<usize>i << 2));
    const reach = sqrt(2 * h) + farthest;
    const bound = 0.5 * farthest * farthest + error * (h + 0.5 * reach * reach) + slack + TINY;
    store<f32>(bounds + (<usize>i << 2), <f32>(bound * ROUNDED_UP));
    indices += <usize>marks << 2;
  }
}

const ROUNDED_UP: f64 = 1.000001;

/** Puts a mark into its place among the first `m`. */
function placeMark(record: usize, m: i32, distance: f64, index: i32): void {
  const indices = indicesOf(record, marks);
  let at = m;
  while (at > 0 && isAfter(record, at - 1, distance, index)) {
    store<f64>(record + (<usize>at << 3), load<f64>(record + (<usize>at << 3) - 8));
    store<i32>(indices + (<usize>at << 2), load<i32>(indices + (<usize>at << 2) - 4));
    at--;
  }
  store<f64>(record + (<usize>at << 3), distance);
  store<i32>(indices + (<usize>at << 2), index);
}

function exactDistance(i: i32, j: i32): f64 {
  const row = <usize>dimensions << 2;
  const a = points + <usize>i * row, b = points + <usize>j * row;
  if (factors == 0) return distanceOf(a, b, dimensions, 0, 0, Infinity);
  return distanceOf(a, b, dimensions, factors + (<usize>i << 3), factors + (<usize>j << 3), Infinity);
}

/** Whether mark m is farther than a point, or as far and of higher index. */
@inline
function isAfter(record: usize, m: i32, distance: f64, index: i32): bool {
  const mark = load<f64>(record + (<usize>m << 3));
  return mark > distance || (mark == distance && load<i32>(indicesOf(record, marks) + (<usize>m << 2)) > index);
}

/** Counts the other points of a tile for each row. Reads as much as `nearestOfRows` does. */
export function ranksOfRows(
  products: usize, rows: i32, columns: i32, firstRow: i32, firstColumn: i32, rowNorms: usize, columnNorms: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const norm = load<f32>(rowNorms + (<usize>i << 2));
    const bound = load<f32>(bounds + (<usize>(firstRow + i) << 2));
    const norms = f32x4.splat(norm), most = f32x4.splat(bound);
    for (let j = 0; j < columns; j += RUN) {
      const start = <usize>j << 2;
      if (!anyNear(products + start, columnNorms + start, norms, most)) continue;
      for (let c = j; c < j + RUN; c++) {
        const at = <usize>c << 2;
        const half = halfDistance(products + at, columnNorms + at, norm);
        if (half < bound && firstRow + i != firstColumn + c) {
          count(firstRow + i, firstColumn + c, half, norm + load<f32>(columnNorms + at));
        }
      }
    }
    products += <usize>columns << 2;
  }
}

/** Counts the points of a tile for rows and columns, no point being in both. */
export function ranksOfBoth(
  products: usize, rows: i32, columns: i32, firstRow: i32, firstColumn: i32, rowNorms: usize, columnNorms: usize,
): void {
  const columnBounds = bounds + (<usize>firstColumn << 2);
  for (let i = 0; i < rows; i++) {
    const norm = load<f32>(rowNorms + (<usize>i << 2));
    const bound = load<f32>(bounds + (<usize>(firstRow + i) << 2));
    const norms = f32x4.splat(norm), most = f32x4.splat(bound);
    for (let j = 0; j < columns; j += RUN) {
      const start = <usize>j << 2;
      if (!anyNearEither(products + start, columnNorms + start, norms, most, columnBounds + start)) continue;
      for (let c = j; c < min(j + RUN, columns); c++) {
        const at = <usize>c << 2;
        const half = halfDistance(products + at, columnNorms + at, norm);
        const both = norm + load<f32>(columnNorms + at);
        if (half < bound) count(firstRow + i, firstColumn + c, half, both);
        if (half < load<f32>(columnBounds + at)) count(firstColumn + c, firstRow + i, half, both);
      }
    }
    products += <usize>columns << 2;
  }
}

/** Counts point `other` for `point`, by its distance from the rows where its product leaves a doubt. */
function count(point: i32, other: i32, half: f32, norms: f32): void {
  const record = records + <usize>point * recordBytes(marks);
  const halves = halvesOf(record, marks);
  const doubt = <f32>(error * <f64>norms + slack + TINY);
  const low = f32x4.splat(half - doubt), high = f32x4.splat(half + doubt);
  let nearer = 0, possible = 0;
  for (let at: usize = 0; at < 4 * padded(marks); at += 16) {
    const four = v128.load(halves + at);
    nearer += popcnt(i32x4.bitmask(f32x4.lt(four, low)));
    possible += popcnt(i32x4.bitmask(f32x4.le(four, high)));
  }
  possible = min(possible, marks);
  if (nearer != possible) {
    const distance = exactDistance(point, other);
    while (nearer < possible && !isAfter(record, nearer, distance, other)) nearer++;
  }
  if (nearer >= marks) return;
  const counted = countsOf(record, marks) + (<usize>nearer << 2);
  store<i32>(counted, load<i32>(counted) + 1);
}

/** The ranks of the marks of `count` points from `first` on, the nearest point of all being 1: `[count, marks]`. */
export function readRanks(first: i32, count: i32, ranks: usize): void {
  for (let i = first; i < first + count; i++) {
    const counts = countsOf(records + <usize>i * recordBytes(marks), marks);
    let rank = 1;
    for (let m: usize = 0; m < <usize>marks; m++) {
      rank += load<i32>(counts + (m << 2));
      store<i32>(ranks, rank);
      ranks += 4;
    }
  }
}
