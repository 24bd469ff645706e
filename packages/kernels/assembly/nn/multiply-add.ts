/**
 * `sum + x y`, of every sum of products: tiles, listed numbers, few rows, depthwise. Strict: one rounding for the product and one for
 * the sum. Fused, in the module that is compiled with relaxed SIMD: one rounding, where the engine fuses.
 */
@inline
export function multiplyAdd(sum: v128, x: v128, y: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(x, y, sum) : f32x4.add(sum, f32x4.mul(x, y));
}
