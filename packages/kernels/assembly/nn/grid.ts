import { activate } from './activation';
import { multiplyAdd } from './multiply-add';

// The walk under way, for all sums of a call. Steps are bytes from a row, and from a column, of the grid to the next.
let count: i32 = 0;
let multiplier: i32 = 0;
let terms: i32 = 0;
let activation: i32 = 0;
let alpha: f32 = 0;
let leftRow: usize = 0;
let leftColumn: usize = 0;
let rightRow: usize = 0;
let rightColumn: usize = 0;

/**
 * Says what `sumGrid` sums for each of `count` channels o. With one term: left's channel `o / multiplier` times
 * right's channel o. With `multiplier` terms: the channels `o multiplier + q` of both, q in order.
 */
export function setGrid(count_: i32, multiplier_: i32, terms_: i32, activation_: i32, alpha_: f32): void {
  count = count_; multiplier = multiplier_; terms = terms_; activation = activation_; alpha = alpha_;
}

export function setSteps(leftRow_: usize, leftColumn_: usize, rightRow_: usize, rightColumn_: usize): void {
  leftRow = leftRow_; leftColumn = leftColumn_; rightRow = rightRow_; rightColumn = rightColumn_;
}

/**
 * `to[o] = activation(bias[o] + sum of left * right over a grid of rows x columns)`: from +0 in row-major order, one
 * rounding for each product and one for each sum. `bias` may be 0 for none, and `to` itself.
 */
export function sumGrid(left: usize, right: usize, rows: i32, columns: i32, to: usize, bias: usize): void {
  let o = 0;
  if (multiplier == 1) {
    for (; o + 16 <= count; o += 16) sumNeighbours(left, right, rows, columns, to, bias, o, 16);
    for (; o + 8 <= count; o += 8) sumNeighbours(left, right, rows, columns, to, bias, o, 8);
  }
  for (; o + 4 <= count; o += 4) sumLanes(left, right, rows, columns, to, bias, o, 4);
  if (o < count) sumLanes(left, right, rows, columns, to, bias, o, count - o);
}

/** 16 or 8 channels, a constant once inlined, of multiplier 1. Four sums at once hide the latency of an addition. */
@inline
function sumNeighbours(
  left: usize, right: usize, rows: i32, columns: i32, to: usize, bias: usize, o: i32, channels: i32,
): void {
  const leftStep = leftColumn;
  const rightStep = rightColumn;
  const at = <usize>o << 2;
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let d = f32x4.splat(0);
  for (let i = 0; i < rows; i++) {
    let l = left + at + <usize>i * leftRow;
    let r = right + at + <usize>i * rightRow;
    for (let j = 0; j < columns; j++) {
      a = multiplyAdd(a, v128.load(l), v128.load(r));
      b = multiplyAdd(b, v128.load(l, 16), v128.load(r, 16));
      if (channels == 16) {
        c = multiplyAdd(c, v128.load(l, 32), v128.load(r, 32));
        d = multiplyAdd(d, v128.load(l, 48), v128.load(r, 48));
      }
      l += leftStep;
      r += rightStep;
    }
  }
  finish(to, bias, at, a, 4);
  finish(to, bias, at + 16, b, 4);
  if (channels == 16) {
    finish(to, bias, at + 32, c, 4);
    finish(to, bias, at + 48, d, 4);
  }
}

/** The channels [o, o + lanes), at most four, wherever their factors lie. Inlined, so that 4 is a constant. */
@inline
function sumLanes(
  left: usize, right: usize, rows: i32, columns: i32, to: usize, bias: usize, o: i32, lanes: i32,
): void {
  const leftStep = leftColumn;
  const rightStep = rightColumn;
  const bytes = <usize>terms << 2;
  const start = leftChannel(o);
  const l1 = leftChannel(o + 1) - start;
  const l2 = leftChannel(o + 2) - start;
  const l3 = leftChannel(o + 3) - start;
  let sum = f32x4.splat(0);
  for (let i = 0; i < rows; i++) {
    let l = left + start + <usize>i * leftRow;
    let r = right + <usize>o * bytes + <usize>i * rightRow;
    for (let j = 0; j < columns; j++) {
      for (let q: usize = 0; q < bytes; q += 4) {
        sum = multiplyAdd(sum, gather(l + q, l1, l2, l3, lanes), gather(r + q, bytes, bytes * 2, bytes * 3, lanes));
      }
      l += leftStep;
      r += rightStep;
    }
  }
  finish(to, bias, <usize>o << 2, sum, lanes);
}

/** Byte offset of left's first factor for channel o. */
@inline
function leftChannel(o: i32): usize {
  if (multiplier == 1) return <usize>o << 2;
  return <usize>(terms == 1 ? o / multiplier : o * multiplier) << 2;
}

/** The numbers at `from` and at these offsets from it; zeros beyond the first `lanes`. */
@inline
function gather(from: usize, second: usize, third: usize, fourth: usize, lanes: i32): v128 {
  let x = v128.load32_zero(from);
  if (lanes > 1) x = v128.load_lane<f32>(from + second, x, 1);
  if (lanes > 2) x = v128.load_lane<f32>(from + third, x, 2);
  if (lanes > 3) x = v128.load_lane<f32>(from + fourth, x, 3);
  return x;
}

@inline
function finish(to: usize, bias: usize, at: usize, sum: v128, lanes: i32): void {
  if (bias) sum = f32x4.add(sum, gather(bias + at, 4, 8, 12, lanes));
  sum = activate(sum, activation, f32x4.splat(alpha));
  to += at;
  if (lanes == 4) {
    v128.store(to, sum);
  } else {
    v128.store_lane<f32>(to, sum, 0);
    if (lanes > 1) v128.store_lane<f32>(to, sum, 1, 4);
    if (lanes > 2) v128.store_lane<f32>(to, sum, 2, 8);
  }
}
