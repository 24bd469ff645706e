import { loadLanes, storeLanes } from './lanes';

/**
 * `y[i, j] = max over r of x[i, r, j]`; x is [outer, reduce, inner]. NaN where any of them is, -Infinity of none; -0 is
 * below 0. A maximum has no order: bits do not depend on how it is cut.
 */
export function max(outer: i32, reduce: i32, inner: i32, x: usize, y: usize): void {
  const step = <usize>inner << 2;
  const block = <usize>reduce * step;
  for (; outer > 0; outer--) {
    if (inner == 1) store<f32>(y, maxOfRow(reduce, x));
    else maxOfColumns(reduce, inner, x, y);
    x += block;
    y += step;
  }
}

function maxOfRow(count: i32, x: usize): f32 {
  let most = f32x4.splat(-Infinity);
  for (; count >= 4; count -= 4) {
    most = f32x4.max(most, v128.load(x));
    x += 16;
  }
  let one = Mathf.max(
    Mathf.max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    Mathf.max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  for (; count > 0; count--) {
    one = Mathf.max(one, load<f32>(x));
    x += 4;
  }
  return one;
}

function maxOfColumns(reduce: i32, inner: i32, x: usize, y: usize): void {
  const step = <usize>inner << 2;
  for (; inner > 0; inner -= 4) {
    let most = f32x4.splat(-Infinity);
    let at = x;
    for (let row = reduce; row > 0; row--) {
      most = f32x4.max(most, loadLanes(at, inner));
      at += step;
    }
    storeLanes(y, most, inner);
    x += 16;
    y += 16;
  }
}
