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
