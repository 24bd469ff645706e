import { loadLanes, storeLanes, wholeBytes } from './lanes';

/** `y[i] = high` where x is above it, `low` where below it, else `x[i]`; NaN stays NaN. y may be x. */
export function clip(count: i32, x: usize, low: f32, high: f32, y: usize): void {
  const whole = wholeBytes(count);
  for (let at: usize = 0; at < whole; at += 16) clipAt(at, 4, x, low, high, y);
  if (count & 3) clipAt(whole, count & 3, x, low, high, y);
}

@inline
function clipAt(at: usize, lanes: i32, x: usize, low: f32, high: f32, y: usize): void {
  const lowest = f32x4.splat(low);
  const highest = f32x4.splat(high);
  const value = loadLanes(x + at, lanes);
  const raised = v128.bitselect(lowest, value, f32x4.lt(value, lowest));
  storeLanes(y + at, v128.bitselect(highest, raised, f32x4.gt(value, highest)), lanes);
}

/** `y[i] = value`. */
export function fill(count: i32, value: f32, y: usize): void {
  const values = f32x4.splat(value);
  const whole = wholeBytes(count);
  for (let at: usize = 0; at < whole; at += 16) v128.store(y + at, values);
  if (count & 3) storeLanes(y + whole, values, count & 3);
}
