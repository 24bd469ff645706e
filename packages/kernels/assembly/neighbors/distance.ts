/** More than what is lost below the smallest normal float32 number, in sums of less than 2^22 terms. */
export const TINY: f64 = 1.0 / <f64>(<u64>1 << 62) / <f64>(<u64>1 << 62);

/** Numbers between two looks at the limit. */
const RUN: i32 = 32;

/**
 * `sum (a_d - b_d)^2` in float64 from float32 numbers, in a fixed order; or infinity as soon as it is known to be no less
 * than `limit` (infinity for none). The sum never falls as terms are added, rounding included.
 */
function squaredDistance(a: usize, b: usize, dimensions: i32, limit: f64): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  let d = 0;
  while (d + 4 <= dimensions) {
    const stop = min(dimensions - 3, d + RUN);
    for (; d < stop; d += 4) {
      const x = f64x2.sub(promote(a), promote(b));
      const y = f64x2.sub(promote(a + 8), promote(b + 8));
      even = f64x2.add(even, f64x2.mul(x, x));
      odd = f64x2.add(odd, f64x2.mul(y, y));
      a += 16;
      b += 16;
    }
    if (total(even, odd) >= limit) return Infinity;
  }
  let sum = total(even, odd);
  for (; d < dimensions; d++) {
    const x = <f64>load<f32>(a) - <f64>load<f32>(b);
    sum += x * x;
    a += 4;
    b += 4;
  }
  return sum >= limit ? Infinity : sum;
}

/** Below this the squared distance of two unit rows is nothing but rounding: they have one direction. */
const PARALLEL: f64 = 1.0 / <f64>(<u64>1 << 50) / <f64>(<u64>1 << 50);

/**
 * Squared distance, up to `limit` as above, of two rows brought to length 1 by factors in float64: twice `1 - cos`. Rows of
 * one direction are at 0 exactly; of those with a factor below 0, which have none, too, and at 2 from all others.
 */
function squaredChord(a: usize, b: usize, dimensions: i32, p: f64, q: f64, limit: f64): f64 {
  if (p < 0 || q < 0) {
    const apart: f64 = p < 0 && q < 0 ? 0 : 2;
    return apart >= limit ? Infinity : apart;
  }
  const most = max(limit, PARALLEL);
  const ps = f64x2.splat(p), qs = f64x2.splat(q);
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  let d = 0;
  while (d + 4 <= dimensions) {
    const stop = min(dimensions - 3, d + RUN);
    for (; d < stop; d += 4) {
      const x = f64x2.sub(f64x2.mul(promote(a), ps), f64x2.mul(promote(b), qs));
      const y = f64x2.sub(f64x2.mul(promote(a + 8), ps), f64x2.mul(promote(b + 8), qs));
      even = f64x2.add(even, f64x2.mul(x, x));
      odd = f64x2.add(odd, f64x2.mul(y, y));
      a += 16;
      b += 16;
    }
    if (total(even, odd) >= most) return Infinity;
  }
  let sum = total(even, odd);
  for (; d < dimensions; d++) {
    const x = <f64>load<f32>(a) * p - <f64>load<f32>(b) * q;
    sum += x * x;
    a += 4;
    b += 4;
  }
  if (sum < PARALLEL) sum = 0;
  return sum >= limit ? Infinity : sum;
}

/** The squared distance of rows as they are, or with float64 factors at `p` and `q` of rows of length 1. */
export function distanceOf(a: usize, b: usize, dimensions: i32, p: usize, q: usize, limit: f64): f64 {
  if (p == 0) return squaredDistance(a, b, dimensions, limit);
  return squaredChord(a, b, dimensions, load<f64>(p), load<f64>(q), limit);
}

@inline
function promote(pointer: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(pointer));
}

@inline
function total(even: v128, odd: v128): f64 {
  const sum = f64x2.add(even, odd);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
