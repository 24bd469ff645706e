/** More than what is lost below the smallest normal float32 number, in sums of less than 2^22 terms. */
export const TINY: f64 = 1.0 / <f64>(<u64>1 << 62) / <f64>(<u64>1 << 62);

/** Numbers between two looks at the limit. */
const RUN: i32 = 32;

/**
 * `sum (a_d - b_d)^2` in float64 from float32 numbers, in a fixed order; or infinity as soon as it is known to be no less
 * than `limit` (infinity for none). The sum never falls as terms are added, rounding included.
 */
export function squaredDistance(a: usize, b: usize, dimensions: i32, limit: f64): f64 {
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

@inline
function promote(pointer: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(pointer));
}

@inline
function total(even: v128, odd: v128): f64 {
  const sum = f64x2.add(even, odd);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
