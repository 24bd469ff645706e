import { portableLog } from './portable-log.ts';

const CENTRE_NUMERATOR = [
  2.5090809287301227e3, 3.343057558358813e4, 6.72657709270087e4, 4.592195393154987e4, 1.373169376550946e4,
  1.9715909503065513e3, 1.3314166789178438e2, 3.3871328727963665,
];
const CENTRE_DENOMINATOR = [
  5.226495278852854e3, 2.8729085735721943e4, 3.930789580009271e4, 2.1213794301586597e4, 5.394196021424751e3,
  6.871870074920579e2, 4.231333070160091e1, 1,
];
const TAIL_NUMERATOR = [
  7.745450142783414e-4, 2.2723844989269184e-2, 2.417807251774506e-1, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const TAIL_DENOMINATOR = [
  1.0507500716444169e-9, 5.475938084995345e-4, 1.5198666563616457e-2, 1.4810397642748008e-1,
  6.897673349851e-1, 1.6763848301838038, 2.053191626637759, 1,
];

function horner(coefficients: readonly number[], x: number): number {
  let value = coefficients[0]!;
  for (let i = 1; i < 8; i++) value = value * x + coefficients[i]!;
  return value;
}

/**
 * The standard normal number of a random word: the quantile of `p = (word + 1/2) / 2^32`.
 *
 * One word gives one number, monotonically, so that a draw can be addressed alone. Relative error of the quantile 1e-16;
 * `|z| <= 6.34`, as `p` is at least 2^-33 (AS241's third region, p < e^-25, cannot be reached).
 *
 * @param word unsigned 32-bit.
 * @example
 * normalQuantile(0x80000000); // 2.918e-10: just above the median
 * @see Wichura: "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988), PPND16
 */
export function normalQuantile(word: number): number {
  const p = (word + 0.5) / 4294967296;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(CENTRE_NUMERATOR, r)) / horner(CENTRE_DENOMINATOR, r);
  }
  const r = Math.sqrt(-portableLog(q < 0 ? p : 1 - p)) - 1.6;
  const z = horner(TAIL_NUMERATOR, r) / horner(TAIL_DENOMINATOR, r);
  return q < 0 ? -z : z;
}
