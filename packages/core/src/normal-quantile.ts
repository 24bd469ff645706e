import { portableLog } from './portable-log.ts';

const CENTRE_NUMERATOR = [
  2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
  1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.387132872796366608,
];
const CENTRE_DENOMINATOR = [
  5.226495278852854561e3, 2.8729085735721942674e4, 3.930789580009271061e4, 2.1213794301586595867e4,
  5.3941960214247511077e3, 6.871870074920579083e2, 4.2313330701600911252e1, 1,
];
const TAIL_NUMERATOR = [
  7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1, 1.27045825245236838258,
  3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
];
const TAIL_DENOMINATOR = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1,
  6.8976733498510000455e-1, 1.6763848301838038494, 2.05319162663775882187, 1,
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
