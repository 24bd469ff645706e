import { activate, LEAKY_RELU, RELU } from './activation';
import { loadLanes, storeLanes } from './lanes';
import { exp, expm1, log, log1p, sigmoid, softplus, tanh } from './transcendental';

// What `unary` does. The numbers are the ABI: src/nn/elementwise.ts holds the same table.
const COPY: i32 = 0;
const NEG: i32 = 1;
const ABS: i32 = 2;
const SIGN: i32 = 3;
const SQUARE: i32 = 4;
const SQRT: i32 = 5;
const RECIPROCAL: i32 = 6;
const EXP: i32 = 7;
const EXPM1: i32 = 8;
const LOG: i32 = 9;
const LOG1P: i32 = 10;
const SIGMOID: i32 = 11;
const SOFTPLUS: i32 = 12;
const TANH: i32 = 13;
const UNARY_RELU: i32 = 14;
const UNARY_LEAKY_RELU: i32 = 15;
const STEP: i32 = 16;

/** `operation(x)` lane by lane; sign(NaN) is 0, as in tfjs. */
@inline
function apply(operation: i32, x: v128, alpha: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (operation == NEG) return f32x4.neg(x);
  if (operation == ABS) return f32x4.abs(x);
  if (operation == SIGN) {
    const negative = v128.and(f32x4.lt(x, zero), f32x4.splat(-1));
    return v128.or(negative, v128.and(f32x4.gt(x, zero), one));
  }
  if (operation == SQUARE) return f32x4.mul(x, x);
  if (operation == SQRT) return f32x4.sqrt(x);
  if (operation == RECIPROCAL) return f32x4.div(one, x);
  if (operation == EXP) return exp(x);
  if (operation == EXPM1) return expm1(x);
  if (operation == LOG) return log(x);
  if (operation == LOG1P) return log1p(x);
  if (operation == SIGMOID) return sigmoid(x);
  if (operation == SOFTPLUS) return softplus(x);
  if (operation == TANH) return tanh(x);
  if (operation == UNARY_RELU) return activate(x, RELU, alpha);
  if (operation == UNARY_LEAKY_RELU) return activate(x, LEAKY_RELU, alpha);
  const step = v128.bitselect(one, alpha, f32x4.gt(x, zero));
  return v128.bitselect(step, x, f32x4.eq(x, x));
}

/** Inlined, so that `operation` is a constant in each loop. */
@inline
function applyToAll(operation: i32, count: i32, x: usize, y: usize, alpha: f32): void {
  const slope = f32x4.splat(alpha);
  for (; count >= 8; count -= 8) {
    const low = apply(operation, v128.load(x), slope);
    const high = apply(operation, v128.load(x, 16), slope);
    v128.store(y, low);
    v128.store(y, high, 16);
    x += 32;
    y += 32;
  }
  for (; count > 0; count -= 4) {
    storeLanes(y, apply(operation, loadLanes(x, count), slope), count);
    x += 16;
    y += 16;
  }
}

/** `y[i] = operation(x[i])`; y may be x. `alpha` is LeakyReLU's slope, and what step is where x <= 0. */
export function unary(operation: i32, count: i32, x: usize, y: usize, alpha: f32): void {
  switch (operation) {
    case COPY: memory.copy(y, x, <usize>count << 2); break;
    case NEG: applyToAll(NEG, count, x, y, alpha); break;
    case ABS: applyToAll(ABS, count, x, y, alpha); break;
    case SIGN: applyToAll(SIGN, count, x, y, alpha); break;
    case SQUARE: applyToAll(SQUARE, count, x, y, alpha); break;
    case SQRT: applyToAll(SQRT, count, x, y, alpha); break;
    case RECIPROCAL: applyToAll(RECIPROCAL, count, x, y, alpha); break;
    case EXP: applyToAll(EXP, count, x, y, alpha); break;
    case EXPM1: applyToAll(EXPM1, count, x, y, alpha); break;
    case LOG: applyToAll(LOG, count, x, y, alpha); break;
    case LOG1P: applyToAll(LOG1P, count, x, y, alpha); break;
    case SIGMOID: applyToAll(SIGMOID, count, x, y, alpha); break;
    case SOFTPLUS: applyToAll(SOFTPLUS, count, x, y, alpha); break;
    case TANH: applyToAll(TANH, count, x, y, alpha); break;
    case UNARY_RELU: applyToAll(UNARY_RELU, count, x, y, alpha); break;
    case UNARY_LEAKY_RELU: applyToAll(UNARY_LEAKY_RELU, count, x, y, alpha); break;
    case STEP: applyToAll(STEP, count, x, y, alpha); break;
  }
}
