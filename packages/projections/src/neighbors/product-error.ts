import type { PreparedPoints } from './prepared-points.ts';

/**
 * How precise half squared distances by float32 products are: `h_i + h_j - x_i x_j` is off by `error (h_i + h_j)` at most,
 * where h is half the squared norm of a centred row.
 *
 * A sum of n products is off by `gamma |x| |y|`, `gamma = n u / (1 - n u)`, `u = 2^-24` (Higham, Accuracy and Stability of
 * Numerical Algorithms, section 3.1), norms by `gamma |x|^2`; 16 more roundings stand for the centring and the last two
 * sums, and 2.5 for 2 and what the norms themselves are off by.
 */
export function productError(dimensions: number): number {
  const rounding = (dimensions + 16) * 2 ** -24;
  return rounding < 1 ? (2.5 * rounding) / (1 - rounding) : Number.POSITIVE_INFINITY;
}

/**
 * What half squared distances by products are off by besides, where rows were rounded to float32 when they were brought to
 * length 1: that moves a row by `2^-24` at most, so a distance d by `2^-23`, half its square by `2^-23 d + 2^-47`, all in the
 * scale of the centred rows. An eighth more stands for what rounding does to the bounds themselves.
 */
export function roundingSlack(a: PreparedPoints, b: PreparedPoints): number {
  if (a.factors === 0) return 0;
  const moved = 2 ** -23 * a.scale;
  return 1.125 * (moved * (a.longest + b.longest) + 0.5 * moved * moved);
}
