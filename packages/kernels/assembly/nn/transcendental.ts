// Exponentials and logarithms of four float32 numbers by + - * / and integer arithmetic alone, so that every engine
// gives the same bits. src/nn/accuracy.test.ts measures their errors. The correction in log1p is fdlibm's, s_log1p.c.
import {
  BIAS, EXPM1_LOWEST, EXP_2, EXP_3, EXP_4, EXP_5, EXP_6, EXP_7, EXP_HIGHEST, EXP_LOWEST, HALF, INFINITE,
  LARGEST_SCALE, LN2_HIGH, LN2_LOW, LOG2_E, LOG_10, LOG_11, LOG_3, LOG_4, LOG_5, LOG_6, LOG_7, LOG_8, LOG_9, ONE,
  ROUND, SIGN, SMALLEST_NORMAL, SQRT_HALF, TINY, TWO, TWO_TO_23, all,
} from './constants';

/** `(exp(r) - 1 - r) / r^2` for `|r| <= ln(2) / 2`. */
@inline
function expTail(r: v128): v128 {
  let p = f32x4.mul(r, all(EXP_7));
  p = f32x4.mul(f32x4.add(p, all(EXP_6)), r);
  p = f32x4.mul(f32x4.add(p, all(EXP_5)), r);
  p = f32x4.mul(f32x4.add(p, all(EXP_4)), r);
  p = f32x4.mul(f32x4.add(p, all(EXP_3)), r);
  return f32x4.add(p, all(EXP_2));
}

/** `e^x`: `2^n e^r` with whole n; in two factors, so that results below the smallest normal number round once. */
@inline
export function exp(x: v128): v128 {
  // Beyond these limits the result is 0 or infinity. With x first, pmin and pmax keep NaN.
  x = f32x4.pmax(f32x4.pmin(x, all(EXP_HIGHEST)), all(EXP_LOWEST));
  const rounded = f32x4.add(f32x4.mul(x, all(LOG2_E)), all(ROUND));
  const n = f32x4.sub(rounded, all(ROUND));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, all(LN2_HIGH))), f32x4.mul(n, all(LN2_LOW)));
  const y = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(r, r), expTail(r)), r), all(ONE));
  const exponent = i32x4.sub(rounded, all(ROUND));
  const half = i32x4.shr_s(exponent, 1);
  return f32x4.mul(f32x4.mul(y, powerOfTwo(half)), powerOfTwo(i32x4.sub(exponent, half)));
}

/** `2^n` for whole n of -126 to 127. */
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, all(BIAS)), 23);
}

/** `e^x - 1` with its relative precision near 0: `2^n (e^r - 1) + (2^n - 1)`. */
@inline
export function expm1(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, all(EXP_HIGHEST)), all(EXPM1_LOWEST));
  const rounded = f32x4.add(f32x4.mul(bounded, all(LOG2_E)), all(ROUND));
  const n = f32x4.sub(rounded, all(ROUND));
  const high = f32x4.sub(bounded, f32x4.mul(n, all(LN2_HIGH)));
  const low = f32x4.mul(n, all(LN2_LOW));
  const r = f32x4.sub(high, low);
  const lost = f32x4.sub(f32x4.sub(high, r), low);
  const p = f32x4.add(r, f32x4.add(f32x4.mul(f32x4.mul(r, r), expTail(r)), lost));
  // Half the sum, then doubled: 2^128 would be infinity where the result is not.
  const scale = powerOfTwo(i32x4.sub(i32x4.sub(rounded, all(ROUND)), i32x4.splat(1)));
  const half = f32x4.add(f32x4.mul(scale, p), f32x4.sub(scale, all(HALF)));
  return keepTiny(x, f32x4.add(half, half));
}

/** `x` where `|x| < 2^-24`: exact there for functions of slope 1 at 0, and it keeps -0. */
@inline
function keepTiny(x: v128, y: v128): v128 {
  return v128.bitselect(x, y, f32x4.lt(f32x4.abs(x), all(TINY)));
}

/** `log((1 + f) 2^k) + correction` for `1 + f` in [sqrt(1/2), sqrt(2)). */
@inline
function logOf(f: v128, k: v128, correction: v128): v128 {
  const z = f32x4.mul(f, f);
  let p = f32x4.mul(f, all(LOG_11));
  p = f32x4.mul(f32x4.add(p, all(LOG_10)), f);
  p = f32x4.mul(f32x4.add(p, all(LOG_9)), f);
  p = f32x4.mul(f32x4.add(p, all(LOG_8)), f);
  p = f32x4.mul(f32x4.add(p, all(LOG_7)), f);
  p = f32x4.mul(f32x4.add(p, all(LOG_6)), f);
  p = f32x4.mul(f32x4.add(p, all(LOG_5)), f);
  p = f32x4.mul(f32x4.add(p, all(LOG_4)), f);
  p = f32x4.mul(f32x4.add(p, all(LOG_3)), f32x4.mul(f, z));
  p = f32x4.add(p, f32x4.add(f32x4.mul(k, all(LN2_LOW)), correction));
  p = f32x4.sub(p, f32x4.mul(z, all(HALF)));
  return f32x4.add(f32x4.add(f, p), f32x4.mul(k, all(LN2_HIGH)));
}

/** The k of `x = 2^k m` with m in [sqrt(1/2), sqrt(2)), for normal x. */
@inline
function exponentOf(x: v128): v128 {
  return i32x4.shr_s(i32x4.sub(x, all(SQRT_HALF)), 23);
}

/** NaN below 0, -infinity at 0, x at infinity and NaN, otherwise y. */
@inline
function logAtEdges(x: v128, y: v128): v128 {
  y = v128.bitselect(y, x, f32x4.lt(x, all(INFINITE)));
  y = v128.bitselect(v128.or(all(INFINITE), all(SIGN)), y, f32x4.eq(x, f32x4.splat(0)));
  return v128.or(y, f32x4.lt(x, f32x4.splat(0))); // all bits set is a NaN
}

/** `log(x)`, of subnormal numbers too. */
@inline
export function log(x: v128): v128 {
  const subnormal = f32x4.lt(x, all(SMALLEST_NORMAL));
  const scaled = v128.bitselect(f32x4.mul(x, all(TWO_TO_23)), x, subnormal);
  const k = exponentOf(scaled);
  const f = f32x4.sub(i32x4.sub(scaled, i32x4.shl(k, 23)), all(ONE));
  const scale = i32x4.sub(k, v128.and(subnormal, i32x4.splat(23)));
  return logAtEdges(x, logOf(f, f32x4.convert_i32x4_s(scale), f32x4.splat(0)));
}

/** `log(1 + x)` for finite x > -1, with its relative precision near 0: what `u = 1 + x` lost comes back as a correction. */
@inline
function log1pInside(x: v128): v128 {
  const u = f32x4.add(x, all(ONE));
  const k = exponentOf(u);
  const f = f32x4.sub(i32x4.sub(u, i32x4.shl(k, 23)), all(ONE));
  // 2^-k (x - (u - 1)), over 1 + f: to first order, as it is half a unit in the last place at most. It is 0 for large k.
  const lost = f32x4.mul(f32x4.sub(x, f32x4.sub(u, all(ONE))), powerOfTwo(i32x4.neg(i32x4.min_s(k, all(LARGEST_SCALE)))));
  return logOf(f, f32x4.convert_i32x4_s(k), f32x4.mul(lost, f32x4.sub(all(ONE), f)));
}

/** `log(1 + x)`. */
@inline
export function log1p(x: v128): v128 {
  return keepTiny(x, logAtEdges(f32x4.add(x, all(ONE)), log1pInside(x)));
}

/** `1 / (1 + e^-x)` by the exponential that cannot overflow: relative precision for x far below 0. */
@inline
export function sigmoid(x: v128): v128 {
  const e = exp(v128.or(x, all(SIGN)));
  const numerator = v128.bitselect(e, all(ONE), f32x4.lt(x, f32x4.splat(0)));
  return f32x4.div(numerator, f32x4.add(e, all(ONE)));
}

/** `log(1 + e^x) = max(x, 0) + log1p(e^-|x|)`: relative precision for x far below 0, where it is e^x. */
@inline
export function softplus(x: v128): v128 {
  return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), log1pInside(exp(v128.or(x, all(SIGN)))));
}

/** `tanh(x) = -t / (t + 2)` with `t = e^(-|2 x|) - 1`, and the sign of x. */
@inline
export function tanh(x: v128): v128 {
  const t = expm1(v128.or(f32x4.add(x, x), all(SIGN)));
  const y = f32x4.div(f32x4.neg(t), f32x4.add(t, all(TWO)));
  return v128.or(y, v128.and(x, all(SIGN)));
}
