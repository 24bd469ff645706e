import { describe, expect, it } from 'vitest';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { SPECIAL_NUMBERS } from '../testing/special-numbers.ts';
import type { UnaryOperation } from './elementwise.ts';

const bench = await createKernelBench();
const POINTS = 2 ** 21;

/** The function in float64, its bound in units in the last place, and a range to look at closely. */
const FUNCTIONS: [UnaryOperation, (x: number) => number, bound: number, range: [number, number]][] = [
  ['exp', Math.exp, 1, [-104, 89]],
  ['log', Math.log, 1, [0, 4]],
  ['log1p', Math.log1p, 1.5, [-1, 4]],
  ['expm1', Math.expm1, 1.5, [-20, 89]],
  ['softplus', (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), 2, [-105, 20]],
  ['sigmoid', (x) => 1 / (1 + Math.exp(-x)), 3, [-105, 20]],
  ['tanh', Math.tanh, 3, [-10, 10]],
];

/** Numbers of every sign and exponent, evenly over the bit patterns. */
function allExponents(): Float32Array {
  const words = Uint32Array.from({ length: POINTS }, (_, i) => i * (2 ** 32 / POINTS) + ((i * 40503) & 2047));
  return new Float32Array(words.buffer);
}

function evenly([from, to]: [number, number]): Float32Array {
  return Float32Array.from({ length: POINTS }, (_, i) => from + ((i + 0.5) / POINTS) * (to - from));
}

const rounded = new Float32Array(1);
const roundedBits = new Uint32Array(rounded.buffer);

/** Distance of two float32 numbers at x. */
function unitInLastPlace(x: number): number {
  rounded[0] = x;
  const exponent = Math.max(1, (roundedBits[0]! >>> 23) & 255);
  return 2 ** (exponent - 150);
}

/** Largest error in units in the last place; infinite where a zero, an infinity or NaN should be and is not. */
function largestError(operation: UnaryOperation, exact: (x: number) => number, x: Float32Array): number {
  const at = bench.put(x);
  const y = bench.take(x.length, (out) => bench.nn.unary(operation, x.length, at, out));
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    const expected = exact(x[i]!);
    const nearest = Math.fround(expected);
    if (nearest === 0 || !Number.isFinite(nearest)) {
      if (!Object.is(y[i], nearest)) return Number.POSITIVE_INFINITY;
      continue;
    }
    const error = Math.abs(y[i]! - expected) / unitInLastPlace(expected);
    if (!(error <= largest)) largest = error;
  }
  return largest;
}

describe('unary', () => {
  it.each(FUNCTIONS)('%s is within its bound of the exact value', (operation, exact, bound, range) => {
    expect(largestError(operation, exact, allExponents())).toBeLessThanOrEqual(bound);
    expect(largestError(operation, exact, evenly(range))).toBeLessThanOrEqual(bound);
    expect(largestError(operation, exact, SPECIAL_NUMBERS)).toBeLessThanOrEqual(bound);
  });
});
