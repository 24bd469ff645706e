import { loadLanes, storeLanes } from './lanes';
import { sumRow, VALUE } from './row-sum';

/**
 * `y[i, j] = sum over r of x[i, r, j]`; x is [outer, reduce, inner]. With `inner` of 1 in the order of `sumRow`;
 * otherwise `((0 + x[i, 0, j]) + x[i, 1, j]) + ...`.
 */
export function sum(outer: i32, reduce: i32, inner: i32, x: usize, y: usize): void {
  const step = <usize>inner << 2;
  const block = <usize>reduce * step;
  for (; outer > 0; outer--) {
    if (inner == 1) store<f32>(y, sumRow(VALUE, reduce, x, x));
    else sumColumns(reduce, inner, x, y);
    x += block;
    y += step;
  }
}

function sumColumns(reduce: i32, inner: i32, x: usize, y: usize): void {
  const step = <usize>inner << 2;
  let columns = inner;
  for (; columns >= 16; columns -= 16) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    let at = x;
    for (let row = reduce; row > 0; row--) {
      s0 = f32x4.add(s0, v128.load(at)); s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32)); s3 = f32x4.add(s3, v128.load(at, 48));
      at += step;
    }
    v128.store(y, s0); v128.store(y, s1, 16); v128.store(y, s2, 32); v128.store(y, s3, 48);
    x += 64;
    y += 64;
  }
  for (; columns > 0; columns -= 4) {
    let sums = f32x4.splat(0);
    let at = x;
    for (let row = reduce; row > 0; row--) {
      sums = f32x4.add(sums, loadLanes(at, columns));
      at += step;
    }
    storeLanes(y, sums, columns);
    x += 16;
    y += 16;
  }
}
