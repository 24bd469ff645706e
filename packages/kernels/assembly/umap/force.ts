// Coefficients of the difference of two places: a place moves along the gradient of log-likelihood, which is the
// coefficient times (its place - the other's). With d the distance, q = 1 / (1 + a d^2b) is the likeness.
import { keepVariable, MINUS_MOST, MOST, NEAREST, ONE, SOFTENING } from './constants';
import { power } from './power';

let A: v128 = f32x4(1, 1, 1, 1);
let B: v128 = f32x4(1, 1, 1, 1);
let MINUS_2AB: v128 = f32x4(-2, -2, -2, -2);
let GAMMA_2B: v128 = f32x4(2, 2, 2, 2);

/** The curve and the strength of repulsion from now on. */
export function setForces(a: f32, b: f32, gamma: f32): void {
  keepVariable();
  A = f32x4.splat(a);
  B = f32x4.splat(b);
  MINUS_2AB = f32x4.splat(-2 * a * b);
  GAMMA_2B = f32x4.splat(2 * gamma * b);
}

/** `-2 a b d^2(b - 1) / (1 + a d^2b)`, of `log q`. */
@inline
export function attraction(squared: v128): v128 {
  const d2 = f32x4.pmax(squared, NEAREST);
  const p = power(d2, B);
  return f32x4.div(f32x4.mul(MINUS_2AB, p), f32x4.mul(d2, f32x4.add(f32x4.mul(A, p), ONE)));
}

/** `2 gamma b / ((0.001 + d^2) (1 + a d^2b))`, of `gamma log(1 - q)` but for the 0.001. */
@inline
export function repulsion(d2: v128): v128 {
  const p = power(d2, B);
  return f32x4.div(GAMMA_2B, f32x4.mul(f32x4.add(d2, SOFTENING), f32x4.add(f32x4.mul(A, p), ONE)));
}

/** A gradient held to -4 to 4, times the learning rate. */
@inline
export function move(gradient: v128, rate: v128): v128 {
  return f32x4.mul(f32x4.pmax(f32x4.pmin(gradient, MOST), MINUS_MOST), rate);
}
