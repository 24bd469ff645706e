const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const bits = new DataView(new ArrayBuffer(8));

/** 2^k for whole k in [-1022, 1023]. */
function powerOfTwo(k: number): number {
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/**
 * Exponential function from + - x / alone, so that every engine gives the same bits.
 *
 * `x = k ln 2 + r` with `|r| <= ln(2) / 2`, Taylor's series of `e^r` cut below 2^-57, times `2^k`.
 * Error under 2 units in the last place; 0 below -745.2, Infinity above 709.8.
 *
 * @example
 * portableExp(1); // 2.7182818284590455
 */
export function portableExp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.2) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let series = 1;
  for (let n = 14; n >= 1; n--) series = 1 + (series * r) / n;
  const half = Math.floor(k / 2); // in two steps, as 2^k itself may not be a normal number
  return series * powerOfTwo(half) * powerOfTwo(k - half);
}
