import { portableExp, portableLog } from '@latentkit/core';

const SAMPLES = 300;
const MOST_ROUNDS = 200;

/**
 * The a and b with which `1 / (1 + a d^2b)` comes nearest, in least squares over 300 distances from 0 to 3 spread, to
 * the curve that is 1 up to `minDist` and `exp(-(d - minDist) / spread)` beyond.
 *
 * Levenberg and Marquardt's method in units of the spread, as a scales with `spread^-2b`.
 *
 * @example
 * fitCurve(0.1, 1); // { a: 1.577, b: 0.895 }
 * @see McInnes, Healy, Melville: "UMAP" (2018), arXiv:1802.03426, definition 11 and the text after it
 */
export function fitCurve(minDist: number, spread: number): { a: number; b: number } {
  const least = minDist / spread;
  const points = Array.from({ length: SAMPLES - 1 }, (_, i) => {
    const x = (3 * (i + 1)) / (SAMPLES - 1); // at 0 the curve is 1 whatever a and b are
    return { log: portableLog(x), y: x < least ? 1 : portableExp(least - x) };
  });
  let [a, b] = [1, 1];
  let damping = 1e-3;
  let error = squaredError(points, a, b);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const [stepA, stepB] = step(points, a, b, damping);
    const next = squaredError(points, a + stepA, b + stepB);
    if (a + stepA > 0 && b + stepB > 0 && next <= error) {
      a += stepA;
      b += stepB;
      const isOver = Math.abs(stepA) < 1e-12 * a && Math.abs(stepB) < 1e-12 * b;
      if (isOver) break;
      error = next;
      damping /= 10;
    } else {
      damping *= 10;
      if (damping > 1e12) break;
    }
  }
  return { a: a * portableExp(-2 * b * portableLog(spread)), b };
}

interface CurvePoint {
  /** Logarithm of the distance. */
  readonly log: number;
  readonly y: number;
}

function squaredError(points: readonly CurvePoint[], a: number, b: number): number {
  let sum = 0;
  for (const { log, y } of points) sum += (1 / (1 + a * portableExp(2 * b * log)) - y) ** 2;
  return sum;
}

/** Solves the damped normal equations. */
function step(points: readonly CurvePoint[], a: number, b: number, damping: number): [number, number] {
  let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0];
  for (const { log, y } of points) {
    const power = portableExp(2 * b * log);
    const q = 1 / (1 + a * power);
    const byA = -power * q * q;
    const byB = 2 * a * log * byA;
    const residual = y - q;
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    ra += byA * residual;
    rb += byB * residual;
  }
  aa *= 1 + damping;
  bb *= 1 + damping;
  const determinant = aa * bb - ab * ab;
  return [(ra * bb - rb * ab) / determinant, (rb * aa - ra * ab) / determinant];
}
