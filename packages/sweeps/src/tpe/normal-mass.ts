import { portableExp } from '@latentkit/core';

const INVERSE_ROOT_TWO_PI = 0.3989422804014327;

/** The standard normal density. */
function density(x: number): number {
  return INVERSE_ROOT_TWO_PI * portableExp((-x * x) / 2);
}

/** What a standard normal number is above `x >= 0` with: near 0 by the series of what lies below, farther out by Laplace's fraction. */
function tail(x: number): number {
  if (x > 3) {
    let fraction = x;
    for (let k = 60; k >= 1; k--) fraction = x + k / fraction;
    return density(x) / fraction;
  }
  let [term, sum] = [x, x];
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 - density(x) * sum;
}

/**
 * How probable it is that a standard normal number lies between two: `Phi(b) - Phi(a)`, to the last digits in the tails, too.
 *
 * @example
 * normalMass(-1, 1); // 0.6826894921370859
 */
export function normalMass(a: number, b: number): number {
  if (a >= 0) return tail(a) - tail(b);
  if (b <= 0) return tail(-b) - tail(-a);
  return 1 - tail(-a) - tail(b);
}
