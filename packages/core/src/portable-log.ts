const LN2_HIGH = 0.6931471803691238; // 32 significant bits, so that exponent * LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10;
const TWO_54 = 18014398509481984;
const bits = new DataView(new ArrayBuffer(8));

/**
 * Natural logarithm from + - x / alone, so that every engine gives the same bits (ECMAScript leaves `Math.log` open).
 *
 * `x = 2^k f` with `f` in `[sqrt(1/2), sqrt(2)]`, `s = (f - 1) / (f + 1)`, `log f = 2 artanh s`, the series cut where
 * its next term is below 2^-57. Error under 2 units in the last place; `-Infinity` at 0, NaN below.
 *
 * @example
 * portableLog(10); // 2.302585092994046
 */
export function portableLog(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const subnormal = x < 2.2250738585072014e-308;
  bits.setFloat64(0, subnormal ? x * TWO_54 : x);
  const high = bits.getUint32(0);
  let exponent = (high >>> 20) - 1023 - (subnormal ? 54 : 0);
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let fraction = bits.getFloat64(0);
  if (fraction > Math.SQRT2) {
    fraction /= 2;
    exponent++;
  }
  const s = (fraction - 1) / (fraction + 1);
  const q = s * s; // at most 0.0295
  let series = 1 / 23;
  for (let odd = 21; odd >= 3; odd -= 2) series = series * q + 1 / odd;
  return exponent * LN2_HIGH + (2 * s + (2 * s * q * series + exponent * LN2_LOW));
}
