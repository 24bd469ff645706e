// A power of four float32 numbers by + - * and integer arithmetic alone, so that every engine gives the same bits.
// src/umap/power.test.ts measures its error.
import {
  EXP_1, EXP_2, EXP_3, EXP_4, EXP_HIGHEST, EXP_LOWEST, LOG_1, LOG_2, LOG_3, LOG_4, LOG_5, LOG_6, ONE, ROUND, SQRT_HALF,
} from './constants';

/** `x^b` as `2^(b log2 x)`, for normal x > 0; the result is held to 2^-60 to 2^60. */
@inline
export function power(x: v128, b: v128): v128 {
  return exp2(f32x4.mul(b, log2(x)));
}

/** `log2(x)` for normal x > 0: `x = 2^k (1 + f)` with 1 + f in [sqrt(1/2), sqrt(2)). */
@inline
function log2(x: v128): v128 {
  const k = i32x4.shr_s(i32x4.sub(x, SQRT_HALF), 23);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(k, 23)), ONE);
  // Estrin's scheme: its products need not wait for each other as Horner's do.
  const f2 = f32x4.mul(f, f);
  const low = f32x4.add(LOG_1, f32x4.mul(LOG_2, f));
  const middle = f32x4.add(LOG_3, f32x4.mul(LOG_4, f));
  const high = f32x4.add(LOG_5, f32x4.mul(LOG_6, f));
  const p = f32x4.add(f32x4.add(low, f32x4.mul(middle, f2)), f32x4.mul(high, f32x4.mul(f2, f2)));
  return f32x4.add(f32x4.mul(p, f), f32x4.convert_i32x4_s(k));
}

/** `2^y`: `2^n 2^r` with n whole and |r| at most 1/2. */
@inline
function exp2(y: v128): v128 {
  y = f32x4.pmax(f32x4.pmin(y, EXP_HIGHEST), EXP_LOWEST);
  const rounded = f32x4.add(y, ROUND);
  const r = f32x4.sub(y, f32x4.sub(rounded, ROUND));
  const low = f32x4.add(ONE, f32x4.mul(EXP_1, r));
  const high = f32x4.add(EXP_2, f32x4.mul(EXP_3, r));
  const r2 = f32x4.mul(r, r);
  const p = f32x4.add(low, f32x4.mul(f32x4.add(high, f32x4.mul(EXP_4, r2)), r2));
  // Shifted, the low bits are the exponent; the rest falls off the top.
  return i32x4.add(p, i32x4.shl(rounded, 23));
}
