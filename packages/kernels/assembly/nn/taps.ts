// Which taps of a window, along one dimension, fall where they find something.

/** Rounded up for a positive numerator; not positive for any other. */
@inline
function ceilDivide(numerator: i32, divisor: i32): i32 {
  return (numerator + divisor - 1) / divisor;
}

/** First i >= 0 with `start + i step >= 0`. */
@inline
export function firstInside(start: i32, step: i32): i32 {
  return start < 0 ? ceilDivide(-start, step) : 0;
}

/** The end of the i < limit with `start + i step < length`; before `firstInside`, or it, where there is none. */
@inline
export function endInside(start: i32, step: i32, length: i32, limit: i32): i32 {
  return min(limit, ceilDivide(length - start, step));
}

/** The least number of taps whose dilations are a whole number of strides. */
export function tapsBetween(dilation: i32, stride: i32): i32 {
  let taps = 1;
  while (taps * dilation % stride != 0) taps++;
  return taps;
}

/** First tap i >= 0 with which one of the `windows` reads the place `at = window stride + i dilation`, if any does. */
@inline
export function firstMeeting(at: i32, dilation: i32, stride: i32, windows: i32, step: i32): i32 {
  const first = firstInside((windows - 1) * stride - at, dilation);
  for (let i = first; i < first + step; i++) {
    if ((at - i * dilation) % stride == 0) return i;
  }
  return i32.MAX_VALUE;
}

/** How many of the taps i, i + step, ... come before `end`. */
@inline
export function tapsFrom(i: i32, end: i32, step: i32): i32 {
  return i < end ? (end - 1 - i) / step + 1 : 0;
}
